package io.github.takoapi.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Questions over all domains at once.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class CatalogServiceGrpc {

  private CatalogServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "tako.v1.CatalogService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.CatalogSearchRequest,
      io.github.takoapi.v1.SearchResponse> getSearchMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Search",
      requestType = io.github.takoapi.v1.CatalogSearchRequest.class,
      responseType = io.github.takoapi.v1.SearchResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.CatalogSearchRequest,
      io.github.takoapi.v1.SearchResponse> getSearchMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.CatalogSearchRequest, io.github.takoapi.v1.SearchResponse> getSearchMethod;
    if ((getSearchMethod = CatalogServiceGrpc.getSearchMethod) == null) {
      synchronized (CatalogServiceGrpc.class) {
        if ((getSearchMethod = CatalogServiceGrpc.getSearchMethod) == null) {
          CatalogServiceGrpc.getSearchMethod = getSearchMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.CatalogSearchRequest, io.github.takoapi.v1.SearchResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Search"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.CatalogSearchRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.SearchResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogServiceMethodDescriptorSupplier("Search"))
              .build();
        }
      }
    }
    return getSearchMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.CatalogSearchRequest,
      io.github.takoapi.v1.SearchEvent> getSearchStreamMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SearchStream",
      requestType = io.github.takoapi.v1.CatalogSearchRequest.class,
      responseType = io.github.takoapi.v1.SearchEvent.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.CatalogSearchRequest,
      io.github.takoapi.v1.SearchEvent> getSearchStreamMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.CatalogSearchRequest, io.github.takoapi.v1.SearchEvent> getSearchStreamMethod;
    if ((getSearchStreamMethod = CatalogServiceGrpc.getSearchStreamMethod) == null) {
      synchronized (CatalogServiceGrpc.class) {
        if ((getSearchStreamMethod = CatalogServiceGrpc.getSearchStreamMethod) == null) {
          CatalogServiceGrpc.getSearchStreamMethod = getSearchStreamMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.CatalogSearchRequest, io.github.takoapi.v1.SearchEvent>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SearchStream"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.CatalogSearchRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.SearchEvent.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogServiceMethodDescriptorSupplier("SearchStream"))
              .build();
        }
      }
    }
    return getSearchStreamMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.BatchDetailRequest,
      io.github.takoapi.v1.BatchDetailResponse> getBatchDetailMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchDetail",
      requestType = io.github.takoapi.v1.BatchDetailRequest.class,
      responseType = io.github.takoapi.v1.BatchDetailResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.BatchDetailRequest,
      io.github.takoapi.v1.BatchDetailResponse> getBatchDetailMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.BatchDetailRequest, io.github.takoapi.v1.BatchDetailResponse> getBatchDetailMethod;
    if ((getBatchDetailMethod = CatalogServiceGrpc.getBatchDetailMethod) == null) {
      synchronized (CatalogServiceGrpc.class) {
        if ((getBatchDetailMethod = CatalogServiceGrpc.getBatchDetailMethod) == null) {
          CatalogServiceGrpc.getBatchDetailMethod = getBatchDetailMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.BatchDetailRequest, io.github.takoapi.v1.BatchDetailResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchDetail"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.BatchDetailRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.BatchDetailResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogServiceMethodDescriptorSupplier("BatchDetail"))
              .build();
        }
      }
    }
    return getBatchDetailMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.LookupRequest,
      io.github.takoapi.v1.LookupResponse> getLookupMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Lookup",
      requestType = io.github.takoapi.v1.LookupRequest.class,
      responseType = io.github.takoapi.v1.LookupResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.LookupRequest,
      io.github.takoapi.v1.LookupResponse> getLookupMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.LookupRequest, io.github.takoapi.v1.LookupResponse> getLookupMethod;
    if ((getLookupMethod = CatalogServiceGrpc.getLookupMethod) == null) {
      synchronized (CatalogServiceGrpc.class) {
        if ((getLookupMethod = CatalogServiceGrpc.getLookupMethod) == null) {
          CatalogServiceGrpc.getLookupMethod = getLookupMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.LookupRequest, io.github.takoapi.v1.LookupResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Lookup"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.LookupRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.LookupResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogServiceMethodDescriptorSupplier("Lookup"))
              .build();
        }
      }
    }
    return getLookupMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static CatalogServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogServiceStub>() {
        @java.lang.Override
        public CatalogServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogServiceStub(channel, callOptions);
        }
      };
    return CatalogServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static CatalogServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogServiceBlockingV2Stub>() {
        @java.lang.Override
        public CatalogServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return CatalogServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static CatalogServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogServiceBlockingStub>() {
        @java.lang.Override
        public CatalogServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogServiceBlockingStub(channel, callOptions);
        }
      };
    return CatalogServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static CatalogServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogServiceFutureStub>() {
        @java.lang.Override
        public CatalogServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogServiceFutureStub(channel, callOptions);
        }
      };
    return CatalogServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Questions over all domains at once.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Searches several domains at once. Errors: docs/errors.md.
     * </pre>
     */
    default void search(io.github.takoapi.v1.CatalogSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSearchMethod(), responseObserver);
    }

    /**
     * <pre>
     * Searches several domains and gives each provider's items the moment it answers; failures are events of the stream.
     * REST gives one JSON object a line at /v1/search:stream and server-sent events at /v1/search:events. Errors:
     * docs/errors.md.
     * </pre>
     */
    default void searchStream(io.github.takoapi.v1.CatalogSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchEvent> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSearchStreamMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives Detail of many items at once. One that fails does not fail the others. Errors: docs/errors.md.
     * </pre>
     */
    default void batchDetail(io.github.takoapi.v1.BatchDetailRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.BatchDetailResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchDetailMethod(), responseObserver);
    }

    /**
     * <pre>
     * Finds what a code belongs to: a barcode, an ISBN, an id of another site. Every provider that knows the scheme is
     * asked. Errors: docs/errors.md.
     * </pre>
     */
    default void lookup(io.github.takoapi.v1.LookupRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.LookupResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLookupMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service CatalogService.
   * <pre>
   * Questions over all domains at once.
   * </pre>
   */
  public static abstract class CatalogServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return CatalogServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service CatalogService.
   * <pre>
   * Questions over all domains at once.
   * </pre>
   */
  public static final class CatalogServiceStub
      extends io.grpc.stub.AbstractAsyncStub<CatalogServiceStub> {
    private CatalogServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches several domains at once. Errors: docs/errors.md.
     * </pre>
     */
    public void search(io.github.takoapi.v1.CatalogSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSearchMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Searches several domains and gives each provider's items the moment it answers; failures are events of the stream.
     * REST gives one JSON object a line at /v1/search:stream and server-sent events at /v1/search:events. Errors:
     * docs/errors.md.
     * </pre>
     */
    public void searchStream(io.github.takoapi.v1.CatalogSearchRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchEvent> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getSearchStreamMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives Detail of many items at once. One that fails does not fail the others. Errors: docs/errors.md.
     * </pre>
     */
    public void batchDetail(io.github.takoapi.v1.BatchDetailRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.BatchDetailResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchDetailMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Finds what a code belongs to: a barcode, an ISBN, an id of another site. Every provider that knows the scheme is
     * asked. Errors: docs/errors.md.
     * </pre>
     */
    public void lookup(io.github.takoapi.v1.LookupRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.LookupResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLookupMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service CatalogService.
   * <pre>
   * Questions over all domains at once.
   * </pre>
   */
  public static final class CatalogServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<CatalogServiceBlockingV2Stub> {
    private CatalogServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches several domains at once. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.SearchResponse search(io.github.takoapi.v1.CatalogSearchRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSearchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Searches several domains and gives each provider's items the moment it answers; failures are events of the stream.
     * REST gives one JSON object a line at /v1/search:stream and server-sent events at /v1/search:events. Errors:
     * docs/errors.md.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.github.takoapi.v1.SearchEvent>
        searchStream(io.github.takoapi.v1.CatalogSearchRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getSearchStreamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives Detail of many items at once. One that fails does not fail the others. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.BatchDetailResponse batchDetail(io.github.takoapi.v1.BatchDetailRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchDetailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Finds what a code belongs to: a barcode, an ISBN, an id of another site. Every provider that knows the scheme is
     * asked. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.LookupResponse lookup(io.github.takoapi.v1.LookupRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLookupMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service CatalogService.
   * <pre>
   * Questions over all domains at once.
   * </pre>
   */
  public static final class CatalogServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<CatalogServiceBlockingStub> {
    private CatalogServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches several domains at once. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.SearchResponse search(io.github.takoapi.v1.CatalogSearchRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSearchMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Searches several domains and gives each provider's items the moment it answers; failures are events of the stream.
     * REST gives one JSON object a line at /v1/search:stream and server-sent events at /v1/search:events. Errors:
     * docs/errors.md.
     * </pre>
     */
    public java.util.Iterator<io.github.takoapi.v1.SearchEvent> searchStream(
        io.github.takoapi.v1.CatalogSearchRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getSearchStreamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives Detail of many items at once. One that fails does not fail the others. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.BatchDetailResponse batchDetail(io.github.takoapi.v1.BatchDetailRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchDetailMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Finds what a code belongs to: a barcode, an ISBN, an id of another site. Every provider that knows the scheme is
     * asked. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.LookupResponse lookup(io.github.takoapi.v1.LookupRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLookupMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service CatalogService.
   * <pre>
   * Questions over all domains at once.
   * </pre>
   */
  public static final class CatalogServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<CatalogServiceFutureStub> {
    private CatalogServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Searches several domains at once. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.SearchResponse> search(
        io.github.takoapi.v1.CatalogSearchRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSearchMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives Detail of many items at once. One that fails does not fail the others. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.BatchDetailResponse> batchDetail(
        io.github.takoapi.v1.BatchDetailRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchDetailMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Finds what a code belongs to: a barcode, an ISBN, an id of another site. Every provider that knows the scheme is
     * asked. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.LookupResponse> lookup(
        io.github.takoapi.v1.LookupRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLookupMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SEARCH = 0;
  private static final int METHODID_SEARCH_STREAM = 1;
  private static final int METHODID_BATCH_DETAIL = 2;
  private static final int METHODID_LOOKUP = 3;

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
          serviceImpl.search((io.github.takoapi.v1.CatalogSearchRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchResponse>) responseObserver);
          break;
        case METHODID_SEARCH_STREAM:
          serviceImpl.searchStream((io.github.takoapi.v1.CatalogSearchRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.SearchEvent>) responseObserver);
          break;
        case METHODID_BATCH_DETAIL:
          serviceImpl.batchDetail((io.github.takoapi.v1.BatchDetailRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.BatchDetailResponse>) responseObserver);
          break;
        case METHODID_LOOKUP:
          serviceImpl.lookup((io.github.takoapi.v1.LookupRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.LookupResponse>) responseObserver);
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
              io.github.takoapi.v1.CatalogSearchRequest,
              io.github.takoapi.v1.SearchResponse>(
                service, METHODID_SEARCH)))
        .addMethod(
          getSearchStreamMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.github.takoapi.v1.CatalogSearchRequest,
              io.github.takoapi.v1.SearchEvent>(
                service, METHODID_SEARCH_STREAM)))
        .addMethod(
          getBatchDetailMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.BatchDetailRequest,
              io.github.takoapi.v1.BatchDetailResponse>(
                service, METHODID_BATCH_DETAIL)))
        .addMethod(
          getLookupMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.LookupRequest,
              io.github.takoapi.v1.LookupResponse>(
                service, METHODID_LOOKUP)))
        .build();
  }

  private static abstract class CatalogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    CatalogServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.takoapi.v1.CatalogServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("CatalogService");
    }
  }

  private static final class CatalogServiceFileDescriptorSupplier
      extends CatalogServiceBaseDescriptorSupplier {
    CatalogServiceFileDescriptorSupplier() {}
  }

  private static final class CatalogServiceMethodDescriptorSupplier
      extends CatalogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    CatalogServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (CatalogServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new CatalogServiceFileDescriptorSupplier())
              .addMethod(getSearchMethod())
              .addMethod(getSearchStreamMethod())
              .addMethod(getBatchDetailMethod())
              .addMethod(getLookupMethod())
              .build();
        }
      }
    }
    return result;
  }
}
