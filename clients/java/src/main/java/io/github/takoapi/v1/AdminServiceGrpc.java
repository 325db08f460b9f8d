package io.github.takoapi.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`; without one
 * set on the server the service is off.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AdminServiceGrpc {

  private AdminServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "tako.v1.AdminService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.GetCacheStatsRequest,
      io.github.takoapi.v1.GetCacheStatsResponse> getGetCacheStatsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetCacheStats",
      requestType = io.github.takoapi.v1.GetCacheStatsRequest.class,
      responseType = io.github.takoapi.v1.GetCacheStatsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.GetCacheStatsRequest,
      io.github.takoapi.v1.GetCacheStatsResponse> getGetCacheStatsMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.GetCacheStatsRequest, io.github.takoapi.v1.GetCacheStatsResponse> getGetCacheStatsMethod;
    if ((getGetCacheStatsMethod = AdminServiceGrpc.getGetCacheStatsMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getGetCacheStatsMethod = AdminServiceGrpc.getGetCacheStatsMethod) == null) {
          AdminServiceGrpc.getGetCacheStatsMethod = getGetCacheStatsMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.GetCacheStatsRequest, io.github.takoapi.v1.GetCacheStatsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetCacheStats"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.GetCacheStatsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.GetCacheStatsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("GetCacheStats"))
              .build();
        }
      }
    }
    return getGetCacheStatsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.RefreshProviderRequest,
      io.github.takoapi.v1.RefreshProviderResponse> getRefreshProviderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RefreshProvider",
      requestType = io.github.takoapi.v1.RefreshProviderRequest.class,
      responseType = io.github.takoapi.v1.RefreshProviderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.RefreshProviderRequest,
      io.github.takoapi.v1.RefreshProviderResponse> getRefreshProviderMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.RefreshProviderRequest, io.github.takoapi.v1.RefreshProviderResponse> getRefreshProviderMethod;
    if ((getRefreshProviderMethod = AdminServiceGrpc.getRefreshProviderMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getRefreshProviderMethod = AdminServiceGrpc.getRefreshProviderMethod) == null) {
          AdminServiceGrpc.getRefreshProviderMethod = getRefreshProviderMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.RefreshProviderRequest, io.github.takoapi.v1.RefreshProviderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RefreshProvider"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RefreshProviderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RefreshProviderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("RefreshProvider"))
              .build();
        }
      }
    }
    return getRefreshProviderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.RefreshExpiredRequest,
      io.github.takoapi.v1.RefreshExpiredResponse> getRefreshExpiredMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RefreshExpired",
      requestType = io.github.takoapi.v1.RefreshExpiredRequest.class,
      responseType = io.github.takoapi.v1.RefreshExpiredResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.RefreshExpiredRequest,
      io.github.takoapi.v1.RefreshExpiredResponse> getRefreshExpiredMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.RefreshExpiredRequest, io.github.takoapi.v1.RefreshExpiredResponse> getRefreshExpiredMethod;
    if ((getRefreshExpiredMethod = AdminServiceGrpc.getRefreshExpiredMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getRefreshExpiredMethod = AdminServiceGrpc.getRefreshExpiredMethod) == null) {
          AdminServiceGrpc.getRefreshExpiredMethod = getRefreshExpiredMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.RefreshExpiredRequest, io.github.takoapi.v1.RefreshExpiredResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RefreshExpired"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RefreshExpiredRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RefreshExpiredResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("RefreshExpired"))
              .build();
        }
      }
    }
    return getRefreshExpiredMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.PurgeCacheRequest,
      io.github.takoapi.v1.PurgeCacheResponse> getPurgeCacheMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PurgeCache",
      requestType = io.github.takoapi.v1.PurgeCacheRequest.class,
      responseType = io.github.takoapi.v1.PurgeCacheResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.PurgeCacheRequest,
      io.github.takoapi.v1.PurgeCacheResponse> getPurgeCacheMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.PurgeCacheRequest, io.github.takoapi.v1.PurgeCacheResponse> getPurgeCacheMethod;
    if ((getPurgeCacheMethod = AdminServiceGrpc.getPurgeCacheMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getPurgeCacheMethod = AdminServiceGrpc.getPurgeCacheMethod) == null) {
          AdminServiceGrpc.getPurgeCacheMethod = getPurgeCacheMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.PurgeCacheRequest, io.github.takoapi.v1.PurgeCacheResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PurgeCache"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.PurgeCacheRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.PurgeCacheResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("PurgeCache"))
              .build();
        }
      }
    }
    return getPurgeCacheMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.ListJobsRequest,
      io.github.takoapi.v1.ListJobsResponse> getListJobsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListJobs",
      requestType = io.github.takoapi.v1.ListJobsRequest.class,
      responseType = io.github.takoapi.v1.ListJobsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.ListJobsRequest,
      io.github.takoapi.v1.ListJobsResponse> getListJobsMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.ListJobsRequest, io.github.takoapi.v1.ListJobsResponse> getListJobsMethod;
    if ((getListJobsMethod = AdminServiceGrpc.getListJobsMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getListJobsMethod = AdminServiceGrpc.getListJobsMethod) == null) {
          AdminServiceGrpc.getListJobsMethod = getListJobsMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.ListJobsRequest, io.github.takoapi.v1.ListJobsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListJobs"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.ListJobsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.ListJobsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("ListJobs"))
              .build();
        }
      }
    }
    return getListJobsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.RunJobRequest,
      io.github.takoapi.v1.RunJobResponse> getRunJobMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RunJob",
      requestType = io.github.takoapi.v1.RunJobRequest.class,
      responseType = io.github.takoapi.v1.RunJobResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.RunJobRequest,
      io.github.takoapi.v1.RunJobResponse> getRunJobMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.RunJobRequest, io.github.takoapi.v1.RunJobResponse> getRunJobMethod;
    if ((getRunJobMethod = AdminServiceGrpc.getRunJobMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getRunJobMethod = AdminServiceGrpc.getRunJobMethod) == null) {
          AdminServiceGrpc.getRunJobMethod = getRunJobMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.RunJobRequest, io.github.takoapi.v1.RunJobResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RunJob"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RunJobRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.RunJobResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("RunJob"))
              .build();
        }
      }
    }
    return getRunJobMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.EnableProviderRequest,
      io.github.takoapi.v1.EnableProviderResponse> getEnableProviderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EnableProvider",
      requestType = io.github.takoapi.v1.EnableProviderRequest.class,
      responseType = io.github.takoapi.v1.EnableProviderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.EnableProviderRequest,
      io.github.takoapi.v1.EnableProviderResponse> getEnableProviderMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.EnableProviderRequest, io.github.takoapi.v1.EnableProviderResponse> getEnableProviderMethod;
    if ((getEnableProviderMethod = AdminServiceGrpc.getEnableProviderMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getEnableProviderMethod = AdminServiceGrpc.getEnableProviderMethod) == null) {
          AdminServiceGrpc.getEnableProviderMethod = getEnableProviderMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.EnableProviderRequest, io.github.takoapi.v1.EnableProviderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EnableProvider"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.EnableProviderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.EnableProviderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("EnableProvider"))
              .build();
        }
      }
    }
    return getEnableProviderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.takoapi.v1.DisableProviderRequest,
      io.github.takoapi.v1.DisableProviderResponse> getDisableProviderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DisableProvider",
      requestType = io.github.takoapi.v1.DisableProviderRequest.class,
      responseType = io.github.takoapi.v1.DisableProviderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.takoapi.v1.DisableProviderRequest,
      io.github.takoapi.v1.DisableProviderResponse> getDisableProviderMethod() {
    io.grpc.MethodDescriptor<io.github.takoapi.v1.DisableProviderRequest, io.github.takoapi.v1.DisableProviderResponse> getDisableProviderMethod;
    if ((getDisableProviderMethod = AdminServiceGrpc.getDisableProviderMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getDisableProviderMethod = AdminServiceGrpc.getDisableProviderMethod) == null) {
          AdminServiceGrpc.getDisableProviderMethod = getDisableProviderMethod =
              io.grpc.MethodDescriptor.<io.github.takoapi.v1.DisableProviderRequest, io.github.takoapi.v1.DisableProviderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DisableProvider"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.DisableProviderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.takoapi.v1.DisableProviderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("DisableProvider"))
              .build();
        }
      }
    }
    return getDisableProviderMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AdminServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceStub>() {
        @java.lang.Override
        public AdminServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceStub(channel, callOptions);
        }
      };
    return AdminServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AdminServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingV2Stub>() {
        @java.lang.Override
        public AdminServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AdminServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AdminServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingStub>() {
        @java.lang.Override
        public AdminServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceBlockingStub(channel, callOptions);
        }
      };
    return AdminServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AdminServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceFutureStub>() {
        @java.lang.Override
        public AdminServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceFutureStub(channel, callOptions);
        }
      };
    return AdminServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`; without one
   * set on the server the service is off.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Tells what the cache holds. Errors: docs/errors.md.
     * </pre>
     */
    default void getCacheStats(io.github.takoapi.v1.GetCacheStatsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.GetCacheStatsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetCacheStatsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Asks upstream again for all that the cache holds of one provider. Errors: docs/errors.md.
     * </pre>
     */
    default void refreshProvider(io.github.takoapi.v1.RefreshProviderRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RefreshProviderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRefreshProviderMethod(), responseObserver);
    }

    /**
     * <pre>
     * Asks upstream again for entries that have expired, or for all. Errors: docs/errors.md.
     * </pre>
     */
    default void refreshExpired(io.github.takoapi.v1.RefreshExpiredRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RefreshExpiredResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRefreshExpiredMethod(), responseObserver);
    }

    /**
     * <pre>
     * Removes entries from the cache. Errors: docs/errors.md.
     * </pre>
     */
    default void purgeCache(io.github.takoapi.v1.PurgeCacheRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.PurgeCacheResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPurgeCacheMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the jobs. Errors: docs/errors.md.
     * </pre>
     */
    default void listJobs(io.github.takoapi.v1.ListJobsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.ListJobsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListJobsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Runs a job now. Errors: docs/errors.md.
     * </pre>
     */
    default void runJob(io.github.takoapi.v1.RunJobRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RunJobResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRunJobMethod(), responseObserver);
    }

    /**
     * <pre>
     * Switches a provider on. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    default void enableProvider(io.github.takoapi.v1.EnableProviderRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.EnableProviderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEnableProviderMethod(), responseObserver);
    }

    /**
     * <pre>
     * Switches a provider off. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    default void disableProvider(io.github.takoapi.v1.DisableProviderRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.DisableProviderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDisableProviderMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AdminService.
   * <pre>
   * What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`; without one
   * set on the server the service is off.
   * </pre>
   */
  public static abstract class AdminServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AdminServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AdminService.
   * <pre>
   * What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`; without one
   * set on the server the service is off.
   * </pre>
   */
  public static final class AdminServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AdminServiceStub> {
    private AdminServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells what the cache holds. Errors: docs/errors.md.
     * </pre>
     */
    public void getCacheStats(io.github.takoapi.v1.GetCacheStatsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.GetCacheStatsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetCacheStatsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Asks upstream again for all that the cache holds of one provider. Errors: docs/errors.md.
     * </pre>
     */
    public void refreshProvider(io.github.takoapi.v1.RefreshProviderRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RefreshProviderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRefreshProviderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Asks upstream again for entries that have expired, or for all. Errors: docs/errors.md.
     * </pre>
     */
    public void refreshExpired(io.github.takoapi.v1.RefreshExpiredRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RefreshExpiredResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRefreshExpiredMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Removes entries from the cache. Errors: docs/errors.md.
     * </pre>
     */
    public void purgeCache(io.github.takoapi.v1.PurgeCacheRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.PurgeCacheResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPurgeCacheMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the jobs. Errors: docs/errors.md.
     * </pre>
     */
    public void listJobs(io.github.takoapi.v1.ListJobsRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.ListJobsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListJobsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Runs a job now. Errors: docs/errors.md.
     * </pre>
     */
    public void runJob(io.github.takoapi.v1.RunJobRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.RunJobResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRunJobMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Switches a provider on. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public void enableProvider(io.github.takoapi.v1.EnableProviderRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.EnableProviderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEnableProviderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Switches a provider off. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public void disableProvider(io.github.takoapi.v1.DisableProviderRequest request,
        io.grpc.stub.StreamObserver<io.github.takoapi.v1.DisableProviderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDisableProviderMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AdminService.
   * <pre>
   * What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`; without one
   * set on the server the service is off.
   * </pre>
   */
  public static final class AdminServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AdminServiceBlockingV2Stub> {
    private AdminServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells what the cache holds. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.GetCacheStatsResponse getCacheStats(io.github.takoapi.v1.GetCacheStatsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetCacheStatsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks upstream again for all that the cache holds of one provider. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RefreshProviderResponse refreshProvider(io.github.takoapi.v1.RefreshProviderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRefreshProviderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks upstream again for entries that have expired, or for all. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RefreshExpiredResponse refreshExpired(io.github.takoapi.v1.RefreshExpiredRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRefreshExpiredMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes entries from the cache. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.PurgeCacheResponse purgeCache(io.github.takoapi.v1.PurgeCacheRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPurgeCacheMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the jobs. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.ListJobsResponse listJobs(io.github.takoapi.v1.ListJobsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListJobsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs a job now. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RunJobResponse runJob(io.github.takoapi.v1.RunJobRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRunJobMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Switches a provider on. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.EnableProviderResponse enableProvider(io.github.takoapi.v1.EnableProviderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEnableProviderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Switches a provider off. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.DisableProviderResponse disableProvider(io.github.takoapi.v1.DisableProviderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDisableProviderMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AdminService.
   * <pre>
   * What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`; without one
   * set on the server the service is off.
   * </pre>
   */
  public static final class AdminServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AdminServiceBlockingStub> {
    private AdminServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells what the cache holds. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.GetCacheStatsResponse getCacheStats(io.github.takoapi.v1.GetCacheStatsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetCacheStatsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks upstream again for all that the cache holds of one provider. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RefreshProviderResponse refreshProvider(io.github.takoapi.v1.RefreshProviderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRefreshProviderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks upstream again for entries that have expired, or for all. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RefreshExpiredResponse refreshExpired(io.github.takoapi.v1.RefreshExpiredRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRefreshExpiredMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes entries from the cache. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.PurgeCacheResponse purgeCache(io.github.takoapi.v1.PurgeCacheRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPurgeCacheMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the jobs. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.ListJobsResponse listJobs(io.github.takoapi.v1.ListJobsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListJobsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs a job now. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.RunJobResponse runJob(io.github.takoapi.v1.RunJobRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRunJobMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Switches a provider on. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.EnableProviderResponse enableProvider(io.github.takoapi.v1.EnableProviderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEnableProviderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Switches a provider off. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public io.github.takoapi.v1.DisableProviderResponse disableProvider(io.github.takoapi.v1.DisableProviderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDisableProviderMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AdminService.
   * <pre>
   * What an operator does with a running server. Every call needs the admin token, as `authorization: Bearer TOKEN`; without one
   * set on the server the service is off.
   * </pre>
   */
  public static final class AdminServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AdminServiceFutureStub> {
    private AdminServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Tells what the cache holds. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.GetCacheStatsResponse> getCacheStats(
        io.github.takoapi.v1.GetCacheStatsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetCacheStatsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Asks upstream again for all that the cache holds of one provider. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.RefreshProviderResponse> refreshProvider(
        io.github.takoapi.v1.RefreshProviderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRefreshProviderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Asks upstream again for entries that have expired, or for all. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.RefreshExpiredResponse> refreshExpired(
        io.github.takoapi.v1.RefreshExpiredRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRefreshExpiredMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Removes entries from the cache. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.PurgeCacheResponse> purgeCache(
        io.github.takoapi.v1.PurgeCacheRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPurgeCacheMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the jobs. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.ListJobsResponse> listJobs(
        io.github.takoapi.v1.ListJobsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListJobsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Runs a job now. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.RunJobResponse> runJob(
        io.github.takoapi.v1.RunJobRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRunJobMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Switches a provider on. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.EnableProviderResponse> enableProvider(
        io.github.takoapi.v1.EnableProviderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEnableProviderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Switches a provider off. It is kept over restarts. Errors: docs/errors.md.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.takoapi.v1.DisableProviderResponse> disableProvider(
        io.github.takoapi.v1.DisableProviderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDisableProviderMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_CACHE_STATS = 0;
  private static final int METHODID_REFRESH_PROVIDER = 1;
  private static final int METHODID_REFRESH_EXPIRED = 2;
  private static final int METHODID_PURGE_CACHE = 3;
  private static final int METHODID_LIST_JOBS = 4;
  private static final int METHODID_RUN_JOB = 5;
  private static final int METHODID_ENABLE_PROVIDER = 6;
  private static final int METHODID_DISABLE_PROVIDER = 7;

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
        case METHODID_GET_CACHE_STATS:
          serviceImpl.getCacheStats((io.github.takoapi.v1.GetCacheStatsRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.GetCacheStatsResponse>) responseObserver);
          break;
        case METHODID_REFRESH_PROVIDER:
          serviceImpl.refreshProvider((io.github.takoapi.v1.RefreshProviderRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.RefreshProviderResponse>) responseObserver);
          break;
        case METHODID_REFRESH_EXPIRED:
          serviceImpl.refreshExpired((io.github.takoapi.v1.RefreshExpiredRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.RefreshExpiredResponse>) responseObserver);
          break;
        case METHODID_PURGE_CACHE:
          serviceImpl.purgeCache((io.github.takoapi.v1.PurgeCacheRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.PurgeCacheResponse>) responseObserver);
          break;
        case METHODID_LIST_JOBS:
          serviceImpl.listJobs((io.github.takoapi.v1.ListJobsRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.ListJobsResponse>) responseObserver);
          break;
        case METHODID_RUN_JOB:
          serviceImpl.runJob((io.github.takoapi.v1.RunJobRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.RunJobResponse>) responseObserver);
          break;
        case METHODID_ENABLE_PROVIDER:
          serviceImpl.enableProvider((io.github.takoapi.v1.EnableProviderRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.EnableProviderResponse>) responseObserver);
          break;
        case METHODID_DISABLE_PROVIDER:
          serviceImpl.disableProvider((io.github.takoapi.v1.DisableProviderRequest) request,
              (io.grpc.stub.StreamObserver<io.github.takoapi.v1.DisableProviderResponse>) responseObserver);
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
          getGetCacheStatsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.GetCacheStatsRequest,
              io.github.takoapi.v1.GetCacheStatsResponse>(
                service, METHODID_GET_CACHE_STATS)))
        .addMethod(
          getRefreshProviderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.RefreshProviderRequest,
              io.github.takoapi.v1.RefreshProviderResponse>(
                service, METHODID_REFRESH_PROVIDER)))
        .addMethod(
          getRefreshExpiredMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.RefreshExpiredRequest,
              io.github.takoapi.v1.RefreshExpiredResponse>(
                service, METHODID_REFRESH_EXPIRED)))
        .addMethod(
          getPurgeCacheMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.PurgeCacheRequest,
              io.github.takoapi.v1.PurgeCacheResponse>(
                service, METHODID_PURGE_CACHE)))
        .addMethod(
          getListJobsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.ListJobsRequest,
              io.github.takoapi.v1.ListJobsResponse>(
                service, METHODID_LIST_JOBS)))
        .addMethod(
          getRunJobMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.RunJobRequest,
              io.github.takoapi.v1.RunJobResponse>(
                service, METHODID_RUN_JOB)))
        .addMethod(
          getEnableProviderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.EnableProviderRequest,
              io.github.takoapi.v1.EnableProviderResponse>(
                service, METHODID_ENABLE_PROVIDER)))
        .addMethod(
          getDisableProviderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.takoapi.v1.DisableProviderRequest,
              io.github.takoapi.v1.DisableProviderResponse>(
                service, METHODID_DISABLE_PROVIDER)))
        .build();
  }

  private static abstract class AdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AdminServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.takoapi.v1.AdminServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AdminService");
    }
  }

  private static final class AdminServiceFileDescriptorSupplier
      extends AdminServiceBaseDescriptorSupplier {
    AdminServiceFileDescriptorSupplier() {}
  }

  private static final class AdminServiceMethodDescriptorSupplier
      extends AdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AdminServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AdminServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AdminServiceFileDescriptorSupplier())
              .addMethod(getGetCacheStatsMethod())
              .addMethod(getRefreshProviderMethod())
              .addMethod(getRefreshExpiredMethod())
              .addMethod(getPurgeCacheMethod())
              .addMethod(getListJobsMethod())
              .addMethod(getRunJobMethod())
              .addMethod(getEnableProviderMethod())
              .addMethod(getDisableProviderMethod())
              .build();
        }
      }
    }
    return result;
  }
}
