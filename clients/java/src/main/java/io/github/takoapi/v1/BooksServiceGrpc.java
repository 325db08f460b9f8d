package io.github.takoapi.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Books and their authors. Every answer says what became of each provider that was asked.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class BooksServiceGrpc {

  private BooksServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "tako.v1.BooksService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksSearchRequest,
      io.github.takoapi.v1.SearchResponse> getSearchMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Search",
      requestType = io.github.takoapi.v1.BooksSearchRequest.class,
      responseType = io.github.takoapi.v1.SearchResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksSearchRequest,
      io.github.takoapi.v1.SearchResponse> getSearchMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksSearchRequest, io.github.takoapi.v1.SearchResponse> getSearchMethod;
    if ((getSearchMethod = BooksServiceGrpc.getSearchMethod) == null) {
      synchronized (BooksServiceGrpc.class) {
        if ((getSearchMethod = BooksServiceGrpc.getSearchMethod) == null) {
          BooksServiceGrpc.getSearchMethod = getSearchMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.BooksSearchRequest, io.github.takoapi.v1.SearchResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Search"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.BooksSearchRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.SearchResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BooksServiceMethodDescriptorSupplier("Search"))
              .build();
        }
      }
    }
    return getSearchMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksDetailRequest,
      io.github.takoapi.v1.DetailResponse> getDetailMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Detail",
      requestType = io.github.takoapi.v1.BooksDetailRequest.class,
      responseType = io.github.takoapi.v1.DetailResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksDetailRequest,
      io.github.takoapi.v1.DetailResponse> getDetailMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksDetailRequest, io.github.takoapi.v1.DetailResponse> getDetailMethod;
    if ((getDetailMethod = BooksServiceGrpc.getDetailMethod) == null) {
      synchronized (BooksServiceGrpc.class) {
        if ((getDetailMethod = BooksServiceGrpc.getDetailMethod) == null) {
          BooksServiceGrpc.getDetailMethod = getDetailMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.BooksDetailRequest, io.github.takoapi.v1.DetailResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Detail"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.BooksDetailRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.DetailResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BooksServiceMethodDescriptorSupplier("Detail"))
              .build();
        }
      }
    }
    return getDetailMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksTrendingRequest,
      io.github.takoapi.v1.TrendingResponse> getTrendingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Trending",
      requestType = io.github.takoapi.v1.BooksTrendingRequest.class,
      responseType = io.github.takoapi.v1.TrendingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksTrendingRequest,
      io.github.takoapi.v1.TrendingResponse> getTrendingMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksTrendingRequest, io.github.takoapi.v1.TrendingResponse> getTrendingMethod;
    if ((getTrendingMethod = BooksServiceGrpc.getTrendingMethod) == null) {
      synchronized (BooksServiceGrpc.class) {
        if ((getTrendingMethod = BooksServiceGrpc.getTrendingMethod) == null) {
          BooksServiceGrpc.getTrendingMethod = getTrendingMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.BooksTrendingRequest, io.github.takoapi.v1.TrendingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Trending"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.BooksTrendingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.TrendingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BooksServiceMethodDescriptorSupplier("Trending"))
              .build();
        }
      }
    }
    return getTrendingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksRelatedRequest,
      io.github.takoapi.v1.RelatedResponse> getRelatedMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Related",
      requestType = io.github.takoapi.v1.BooksRelatedRequest.class,
      responseType = io.github.takoapi.v1.RelatedResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksRelatedRequest,
      io.github.takoapi.v1.RelatedResponse> getRelatedMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksRelatedRequest, io.github.takoapi.v1.RelatedResponse> getRelatedMethod;
    if ((getRelatedMethod = BooksServiceGrpc.getRelatedMethod) == null) {
      synchronized (BooksServiceGrpc.class) {
        if ((getRelatedMethod = BooksServiceGrpc.getRelatedMethod) == null) {
          BooksServiceGrpc.getRelatedMethod = getRelatedMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.BooksRelatedRequest, io.github.takoapi.v1.RelatedResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Related"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.BooksRelatedRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RelatedResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BooksServiceMethodDescriptorSupplier("Related"))
              .build();
        }
      }
    }
    return getRelatedMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksTermsRequest,
      io.github.takoapi.v1.TermsResponse> getTermsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Terms",
      requestType = io.github.takoapi.v1.BooksTermsRequest.class,
      responseType = io.github.takoapi.v1.TermsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksTermsRequest,
      io.github.takoapi.v1.TermsResponse> getTermsMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.BooksTermsRequest, io.github.takoapi.v1.TermsResponse> getTermsMethod;
    if ((getTermsMethod = BooksServiceGrpc.getTermsMethod) == null) {
      synchronized (BooksServiceGrpc.class) {
        if ((getTermsMethod = BooksServiceGrpc.getTermsMethod) == null) {
          BooksServiceGrpc.getTermsMethod = getTermsMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.BooksTermsRequest, io.github.takoapi.v1.TermsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Terms"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.BooksTermsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.TermsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BooksServiceMethodDescriptorSupplier("Terms"))
              .build();
        }
      }
    }
    return getTermsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static BooksServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BooksServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BooksServiceStub>() {
        @java.lang.Override
        public BooksServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BooksServiceStub(channel, callOptions);
        }
      };
    return BooksServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static BooksServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BooksServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BooksServiceBlockingV2Stub>() {
        @java.lang.Override
        public BooksServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BooksServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return BooksServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static BooksServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BooksServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BooksServiceBlockingStub>() {
        @java.lang.Override
        public BooksServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BooksServiceBlockingStub(channel, callOptions);
        }
      };
    return BooksServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static BooksServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BooksServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BooksServiceFutureStub>() {
        @java.lang.Override
        public BooksServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BooksServiceFutureStub(channel, callOptions);
        }
      };
    return BooksServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Books and their authors. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    default void search(io.github.takoapi.v1.BooksSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSearchMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    default void detail(io.github.takoapi.v1.BooksDetailRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.DetailResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDetailMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    default void trending(io.github.takoapi.v1.BooksTrendingRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TrendingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTrendingMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    default void related(io.github.takoapi.v1.BooksRelatedRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RelatedResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRelatedMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    default void terms(io.github.takoapi.v1.BooksTermsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TermsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTermsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service BooksService.
   * <pre>
   * Books and their authors. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static abstract class BooksServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return BooksServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service BooksService.
   * <pre>
   * Books and their authors. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class BooksServiceStub
      extends io.grpc.stub.AbstractAsyncStub<BooksServiceStub> {
    private BooksServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BooksServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BooksServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public void search(io.github.takoapi.v1.BooksSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSearchMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public void detail(io.github.takoapi.v1.BooksDetailRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.DetailResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDetailMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public void trending(io.github.takoapi.v1.BooksTrendingRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TrendingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTrendingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public void related(io.github.takoapi.v1.BooksRelatedRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RelatedResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRelatedMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public void terms(io.github.takoapi.v1.BooksTermsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TermsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTermsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service BooksService.
   * <pre>
   * Books and their authors. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class BooksServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<BooksServiceBlockingV2Stub> {
    private BooksServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BooksServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BooksServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.SearchResponse search(io.github.takoapi.v1.BooksSearchRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSearchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.DetailResponse detail(io.github.takoapi.v1.BooksDetailRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDetailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TrendingResponse trending(io.github.takoapi.v1.BooksTrendingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTrendingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RelatedResponse related(io.github.takoapi.v1.BooksRelatedRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRelatedMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TermsResponse terms(io.github.takoapi.v1.BooksTermsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTermsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service BooksService.
   * <pre>
   * Books and their authors. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class BooksServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<BooksServiceBlockingStub> {
    private BooksServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BooksServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BooksServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.SearchResponse search(io.github.takoapi.v1.BooksSearchRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSearchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.DetailResponse detail(io.github.takoapi.v1.BooksDetailRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDetailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TrendingResponse trending(io.github.takoapi.v1.BooksTrendingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTrendingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RelatedResponse related(io.github.takoapi.v1.BooksRelatedRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRelatedMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TermsResponse terms(io.github.takoapi.v1.BooksTermsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTermsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service BooksService.
   * <pre>
   * Books and their authors. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class BooksServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<BooksServiceFutureStub> {
    private BooksServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BooksServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BooksServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.SearchResponse> search(
        io.github.takoapi.v1.BooksSearchRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSearchMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.DetailResponse> detail(
        io.github.takoapi.v1.BooksDetailRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDetailMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.TrendingResponse> trending(
        io.github.takoapi.v1.BooksTrendingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTrendingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.RelatedResponse> related(
        io.github.takoapi.v1.BooksRelatedRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRelatedMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.TermsResponse> terms(
        io.github.takoapi.v1.BooksTermsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTermsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SEARCH = 0;
  private static final int METHODID_DETAIL = 1;
  private static final int METHODID_TRENDING = 2;
  private static final int METHODID_RELATED = 3;
  private static final int METHODID_TERMS = 4;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_SEARCH:
          serviceImpl.search((io.github.takoapi.v1.BooksSearchRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse>) responseObserver);
          break;
        case METHODID_DETAIL:
          serviceImpl.detail((io.github.takoapi.v1.BooksDetailRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.DetailResponse>) responseObserver);
          break;
        case METHODID_TRENDING:
          serviceImpl.trending((io.github.takoapi.v1.BooksTrendingRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.TrendingResponse>) responseObserver);
          break;
        case METHODID_RELATED:
          serviceImpl.related((io.github.takoapi.v1.BooksRelatedRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.RelatedResponse>) responseObserver);
          break;
        case METHODID_TERMS:
          serviceImpl.terms((io.github.takoapi.v1.BooksTermsRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.TermsResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getSearchMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.BooksSearchRequest,
              io.github.takoapi.v1.SearchResponse>(
                service, METHODID_SEARCH)))
        .addMethod(
          getDetailMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.BooksDetailRequest,
              io.github.takoapi.v1.DetailResponse>(
                service, METHODID_DETAIL)))
        .addMethod(
          getTrendingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.BooksTrendingRequest,
              io.github.takoapi.v1.TrendingResponse>(
                service, METHODID_TRENDING)))
        .addMethod(
          getRelatedMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.BooksRelatedRequest,
              io.github.takoapi.v1.RelatedResponse>(
                service, METHODID_RELATED)))
        .addMethod(
          getTermsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.BooksTermsRequest,
              io.github.takoapi.v1.TermsResponse>(
                service, METHODID_TERMS)))
        .build();
  }

  private static abstract class BooksServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    BooksServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.takoapi.v1.BooksServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("BooksService");
    }
  }

  private static final class BooksServiceFileDescriptorSupplier
      extends BooksServiceBaseDescriptorSupplier {
    BooksServiceFileDescriptorSupplier() {}
  }

  private static final class BooksServiceMethodDescriptorSupplier
      extends BooksServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    BooksServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (BooksServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new BooksServiceFileDescriptorSupplier())
              .addMethod(getSearchMethod())
              .addMethod(getDetailMethod())
              .addMethod(getTrendingMethod())
              .addMethod(getRelatedMethod())
              .addMethod(getTermsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
