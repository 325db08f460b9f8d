package io.github.takoapi;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.github.takoapi.v1.AdminServiceGrpc;
import io.github.takoapi.v1.BooksSearchRequest;
import io.github.takoapi.v1.BooksServiceGrpc;
import io.github.takoapi.v1.CatalogSearchRequest;
import io.github.takoapi.v1.CatalogServiceGrpc;
import io.github.takoapi.v1.RunJobRequest;
import io.github.takoapi.v1.RunJobResponse;
import io.github.takoapi.v1.SearchEvent;
import io.github.takoapi.v1.SearchResponse;
import io.github.takoapi.v1.SearchStarted;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A gRPC server of the test's own: it answers as the test says, and remembers what it was asked. */
final class LoopbackServer implements AutoCloseable {
  /** One call that came in. */
  record Asked(Message request, Metadata headers, Deadline deadline) {}

  private static final Context.Key<Metadata> HEADERS = Context.key("headers");

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  /** Goes down when a call that was left hanging is cancelled. */
  final CountDownLatch cancelled = new CountDownLatch(1);

  private final Server server;

  /** Null as an answer leaves the call hanging. */
  LoopbackServer(Function<BooksSearchRequest, SearchResponse> answers) throws IOException {
    server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create())
        .intercept(new Remembering())
        .addService(new Books(answers))
        .addService(new Catalog())
        .addService(new Admin())
        .build()
        .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  boolean sawACancel() throws InterruptedException {
    return cancelled.await(10, TimeUnit.SECONDS);
  }

  /** What a Tako server would raise. */
  static StatusRuntimeException error(io.grpc.Status.Code code, String reason, Message... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage("as the test says");
    status.addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain("tako").build()));
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private void remember(Message request) {
    asked.add(new Asked(request, HEADERS.get(), Context.current().getDeadline()));
  }

  private void hang(StreamObserver<?> observer) {
    ((ServerCallStreamObserver<?>) observer).setOnCancelHandler(cancelled::countDown);
  }

  private final class Books extends BooksServiceGrpc.BooksServiceImplBase {
    private final Function<BooksSearchRequest, SearchResponse> answers;

    Books(Function<BooksSearchRequest, SearchResponse> answers) {
      this.answers = answers;
    }

    @Override
    public void search(BooksSearchRequest request, StreamObserver<SearchResponse> observer) {
      remember(request);
      try {
        SearchResponse answer = answers.apply(request);
        if (answer == null) {
          hang(observer);
        } else {
          observer.onNext(answer);
          observer.onCompleted();
        }
      } catch (StatusRuntimeException error) {
        observer.onError(error);
      }
    }
  }

  private final class Catalog extends CatalogServiceGrpc.CatalogServiceImplBase {
    @Override
    public void searchStream(CatalogSearchRequest request, StreamObserver<SearchEvent> observer) {
      remember(request);
      observer.onNext(SearchEvent.newBuilder().setStarted(SearchStarted.getDefaultInstance()).build());
      hang(observer);
    }
  }

  private final class Admin extends AdminServiceGrpc.AdminServiceImplBase {
    @Override
    public void runJob(RunJobRequest request, StreamObserver<RunJobResponse> observer) {
      remember(request);
      observer.onError(error(io.grpc.Status.Code.UNAVAILABLE, "STORE_UNAVAILABLE"));
    }
  }

  private static final class Remembering implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return Contexts.interceptCall(Context.current().withValue(HEADERS, headers), call, headers, next);
    }
  }
}
