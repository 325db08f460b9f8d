package io.github.takoapi.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Anime and manga. Every answer says what became of each provider that was asked.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AnimeMangaServiceGrpc {

  private AnimeMangaServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "tako.v1.AnimeMangaService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaSearchRequest,
      io.github.takoapi.v1.SearchResponse> getSearchMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Search",
      requestType = io.github.takoapi.v1.AnimeMangaSearchRequest.class,
      responseType = io.github.takoapi.v1.SearchResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaSearchRequest,
      io.github.takoapi.v1.SearchResponse> getSearchMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaSearchRequest, io.github.takoapi.v1.SearchResponse> getSearchMethod;
    if ((getSearchMethod = AnimeMangaServiceGrpc.getSearchMethod) == null) {
      synchronized (AnimeMangaServiceGrpc.class) {
        if ((getSearchMethod = AnimeMangaServiceGrpc.getSearchMethod) == null) {
          AnimeMangaServiceGrpc.getSearchMethod = getSearchMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.AnimeMangaSearchRequest, io.github.takoapi.v1.SearchResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Search"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.AnimeMangaSearchRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.SearchResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AnimeMangaServiceMethodDescriptorSupplier("Search"))
              .build();
        }
      }
    }
    return getSearchMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaDetailRequest,
      io.github.takoapi.v1.DetailResponse> getDetailMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Detail",
      requestType = io.github.takoapi.v1.AnimeMangaDetailRequest.class,
      responseType = io.github.takoapi.v1.DetailResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaDetailRequest,
      io.github.takoapi.v1.DetailResponse> getDetailMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaDetailRequest, io.github.takoapi.v1.DetailResponse> getDetailMethod;
    if ((getDetailMethod = AnimeMangaServiceGrpc.getDetailMethod) == null) {
      synchronized (AnimeMangaServiceGrpc.class) {
        if ((getDetailMethod = AnimeMangaServiceGrpc.getDetailMethod) == null) {
          AnimeMangaServiceGrpc.getDetailMethod = getDetailMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.AnimeMangaDetailRequest, io.github.takoapi.v1.DetailResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Detail"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.AnimeMangaDetailRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.DetailResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AnimeMangaServiceMethodDescriptorSupplier("Detail"))
              .build();
        }
      }
    }
    return getDetailMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaTrendingRequest,
      io.github.takoapi.v1.TrendingResponse> getTrendingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Trending",
      requestType = io.github.takoapi.v1.AnimeMangaTrendingRequest.class,
      responseType = io.github.takoapi.v1.TrendingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaTrendingRequest,
      io.github.takoapi.v1.TrendingResponse> getTrendingMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaTrendingRequest, io.github.takoapi.v1.TrendingResponse> getTrendingMethod;
    if ((getTrendingMethod = AnimeMangaServiceGrpc.getTrendingMethod) == null) {
      synchronized (AnimeMangaServiceGrpc.class) {
        if ((getTrendingMethod = AnimeMangaServiceGrpc.getTrendingMethod) == null) {
          AnimeMangaServiceGrpc.getTrendingMethod = getTrendingMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.AnimeMangaTrendingRequest, io.github.takoapi.v1.TrendingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Trending"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.AnimeMangaTrendingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.TrendingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AnimeMangaServiceMethodDescriptorSupplier("Trending"))
              .build();
        }
      }
    }
    return getTrendingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaRelatedRequest,
      io.github.takoapi.v1.RelatedResponse> getRelatedMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Related",
      requestType = io.github.takoapi.v1.AnimeMangaRelatedRequest.class,
      responseType = io.github.takoapi.v1.RelatedResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaRelatedRequest,
      io.github.takoapi.v1.RelatedResponse> getRelatedMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaRelatedRequest, io.github.takoapi.v1.RelatedResponse> getRelatedMethod;
    if ((getRelatedMethod = AnimeMangaServiceGrpc.getRelatedMethod) == null) {
      synchronized (AnimeMangaServiceGrpc.class) {
        if ((getRelatedMethod = AnimeMangaServiceGrpc.getRelatedMethod) == null) {
          AnimeMangaServiceGrpc.getRelatedMethod = getRelatedMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.AnimeMangaRelatedRequest, io.github.takoapi.v1.RelatedResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Related"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.AnimeMangaRelatedRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RelatedResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AnimeMangaServiceMethodDescriptorSupplier("Related"))
              .build();
        }
      }
    }
    return getRelatedMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaTermsRequest,
      io.github.takoapi.v1.TermsResponse> getTermsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Terms",
      requestType = io.github.takoapi.v1.AnimeMangaTermsRequest.class,
      responseType = io.github.takoapi.v1.TermsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaTermsRequest,
      io.github.takoapi.v1.TermsResponse> getTermsMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.AnimeMangaTermsRequest, io.github.takoapi.v1.TermsResponse> getTermsMethod;
    if ((getTermsMethod = AnimeMangaServiceGrpc.getTermsMethod) == null) {
      synchronized (AnimeMangaServiceGrpc.class) {
        if ((getTermsMethod = AnimeMangaServiceGrpc.getTermsMethod) == null) {
          AnimeMangaServiceGrpc.getTermsMethod = getTermsMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.AnimeMangaTermsRequest, io.github.takoapi.v1.TermsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Terms"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.AnimeMangaTermsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.TermsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AnimeMangaServiceMethodDescriptorSupplier("Terms"))
              .build();
        }
      }
    }
    return getTermsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AnimeMangaServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceStub>() {
        @java.lang.Override
        public AnimeMangaServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AnimeMangaServiceStub(channel, callOptions);
        }
      };
    return AnimeMangaServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AnimeMangaServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceBlockingV2Stub>() {
        @java.lang.Override
        public AnimeMangaServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AnimeMangaServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AnimeMangaServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AnimeMangaServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceBlockingStub>() {
        @java.lang.Override
        public AnimeMangaServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AnimeMangaServiceBlockingStub(channel, callOptions);
        }
      };
    return AnimeMangaServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AnimeMangaServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AnimeMangaServiceFutureStub>() {
        @java.lang.Override
        public AnimeMangaServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AnimeMangaServiceFutureStub(channel, callOptions);
        }
      };
    return AnimeMangaServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Anime and manga. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    default void search(io.github.takoapi.v1.AnimeMangaSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSearchMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    default void detail(io.github.takoapi.v1.AnimeMangaDetailRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.DetailResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDetailMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    default void trending(io.github.takoapi.v1.AnimeMangaTrendingRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TrendingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTrendingMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    default void related(io.github.takoapi.v1.AnimeMangaRelatedRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RelatedResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRelatedMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    default void terms(io.github.takoapi.v1.AnimeMangaTermsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TermsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTermsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AnimeMangaService.
   * <pre>
   * Anime and manga. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static abstract class AnimeMangaServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AnimeMangaServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AnimeMangaService.
   * <pre>
   * Anime and manga. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class AnimeMangaServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AnimeMangaServiceStub> {
    private AnimeMangaServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AnimeMangaServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AnimeMangaServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public void search(io.github.takoapi.v1.AnimeMangaSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSearchMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public void detail(io.github.takoapi.v1.AnimeMangaDetailRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.DetailResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDetailMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public void trending(io.github.takoapi.v1.AnimeMangaTrendingRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TrendingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTrendingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public void related(io.github.takoapi.v1.AnimeMangaRelatedRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RelatedResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRelatedMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public void terms(io.github.takoapi.v1.AnimeMangaTermsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.TermsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTermsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AnimeMangaService.
   * <pre>
   * Anime and manga. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class AnimeMangaServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AnimeMangaServiceBlockingV2Stub> {
    private AnimeMangaServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AnimeMangaServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AnimeMangaServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.SearchResponse search(io.github.takoapi.v1.AnimeMangaSearchRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSearchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.DetailResponse detail(io.github.takoapi.v1.AnimeMangaDetailRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDetailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TrendingResponse trending(io.github.takoapi.v1.AnimeMangaTrendingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTrendingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RelatedResponse related(io.github.takoapi.v1.AnimeMangaRelatedRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRelatedMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TermsResponse terms(io.github.takoapi.v1.AnimeMangaTermsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTermsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AnimeMangaService.
   * <pre>
   * Anime and manga. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class AnimeMangaServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AnimeMangaServiceBlockingStub> {
    private AnimeMangaServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AnimeMangaServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AnimeMangaServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.SearchResponse search(io.github.takoapi.v1.AnimeMangaSearchRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSearchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.DetailResponse detail(io.github.takoapi.v1.AnimeMangaDetailRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDetailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TrendingResponse trending(io.github.takoapi.v1.AnimeMangaTrendingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTrendingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RelatedResponse related(io.github.takoapi.v1.AnimeMangaRelatedRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRelatedMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.TermsResponse terms(io.github.takoapi.v1.AnimeMangaTermsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTermsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AnimeMangaService.
   * <pre>
   * Anime and manga. Every answer says what became of each provider that was asked.
   * </pre>
   */
  public static final class AnimeMangaServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AnimeMangaServiceFutureStub> {
    private AnimeMangaServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AnimeMangaServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AnimeMangaServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches all chosen providers at once. Some that fail do not fail the answer; their outcomes tell. Errors:
     * docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.SearchResponse> search(
        io.github.takoapi.v1.AnimeMangaSearchRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSearchMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives all that is known of one item. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.DetailResponse> detail(
        io.github.takoapi.v1.AnimeMangaDetailRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDetailMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a discovery list: what is popular, new, to come. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.TrendingResponse> trending(
        io.github.takoapi.v1.AnimeMangaTrendingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTrendingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives items that relate to one item, such as its parts, cast or editions. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.RelatedResponse> related(
        io.github.takoapi.v1.AnimeMangaRelatedRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRelatedMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a vocabulary of one provider: what its filters take. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.TermsResponse> terms(
        io.github.takoapi.v1.AnimeMangaTermsRequest request) {
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
          serviceImpl.search((io.github.takoapi.v1.AnimeMangaSearchRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse>) responseObserver);
          break;
        case METHODID_DETAIL:
          serviceImpl.detail((io.github.takoapi.v1.AnimeMangaDetailRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.DetailResponse>) responseObserver);
          break;
        case METHODID_TRENDING:
          serviceImpl.trending((io.github.takoapi.v1.AnimeMangaTrendingRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.TrendingResponse>) responseObserver);
          break;
        case METHODID_RELATED:
          serviceImpl.related((io.github.takoapi.v1.AnimeMangaRelatedRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.RelatedResponse>) responseObserver);
          break;
        case METHODID_TERMS:
          serviceImpl.terms((io.github.takoapi.v1.AnimeMangaTermsRequest) request,
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
              io.github.takoapi.v1.AnimeMangaSearchRequest,
              io.github.takoapi.v1.SearchResponse>(
                service, METHODID_SEARCH)))
        .addMethod(
          getDetailMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.AnimeMangaDetailRequest,
              io.github.takoapi.v1.DetailResponse>(
                service, METHODID_DETAIL)))
        .addMethod(
          getTrendingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.AnimeMangaTrendingRequest,
              io.github.takoapi.v1.TrendingResponse>(
                service, METHODID_TRENDING)))
        .addMethod(
          getRelatedMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.AnimeMangaRelatedRequest,
              io.github.takoapi.v1.RelatedResponse>(
                service, METHODID_RELATED)))
        .addMethod(
          getTermsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.AnimeMangaTermsRequest,
              io.github.takoapi.v1.TermsResponse>(
                service, METHODID_TERMS)))
        .build();
  }

  private static abstract class AnimeMangaServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AnimeMangaServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.takoapi.v1.AnimeMangaServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AnimeMangaService");
    }
  }

  private static final class AnimeMangaServiceFileDescriptorSupplier
      extends AnimeMangaServiceBaseDescriptorSupplier {
    AnimeMangaServiceFileDescriptorSupplier() {}
  }

  private static final class AnimeMangaServiceMethodDescriptorSupplier
      extends AnimeMangaServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AnimeMangaServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AnimeMangaServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AnimeMangaServiceFileDescriptorSupplier())
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
