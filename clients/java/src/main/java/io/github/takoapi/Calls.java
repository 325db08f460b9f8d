package io.github.takoapi;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.CompletableFuture;

/** The ways to make one call. They differ from gRPC's own in the exception alone. */
final class Calls {
  private Calls() {}

  /** Waits for the answer; an interrupt cancels the call. */
  static <Q, A> A blocking(AbstractStub<?> stub, MethodDescriptor<Q, A> method, Q request) {
    try {
      return ClientCalls.blockingUnaryCall(stub.getChannel(), method, stub.getCallOptions(), request);
    } catch (RuntimeException thrown) {
      throw TakoException.of(thrown);
    }
  }

  /** Cancelling the future cancels the call. */
  static <Q, A> CompletableFuture<A> async(AbstractStub<?> stub, MethodDescriptor<Q, A> method, Q request) {
    Channel channel = stub.getChannel();
    CallOptions options = stub.getCallOptions();
    ListenableFuture<A> call = ClientCalls.futureUnaryCall(channel.newCall(method, options), request);
    CompletableFuture<A> answer = new CompletableFuture<>();
    answer.whenComplete((given, thrown) -> {
      if (answer.isCancelled()) {
        call.cancel(true);
      }
    });
    Futures.addCallback(call, new FutureCallback<A>() {
      @Override
      public void onSuccess(A given) {
        answer.complete(given);
      }

      @Override
      public void onFailure(Throwable thrown) {
        answer.completeExceptionally(TakoException.of(thrown));
      }
    }, MoreExecutors.directExecutor());
    return answer;
  }
}
