package io.github.takoapi;

import io.github.takoapi.v1.CatalogSearchRequest;
import io.github.takoapi.v1.CatalogServiceGrpc;
import io.github.takoapi.v1.SearchEvent;
import io.grpc.Context;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The events of one SearchStream, once. Close it: that ends the call, and the work that was done for it. */
public final class EventStream implements Iterable<SearchEvent>, Iterator<SearchEvent>, AutoCloseable {
  private final Context.CancellableContext call = Context.current().withCancellation();
  private final Iterator<SearchEvent> events;

  EventStream(AbstractStub<?> stub, CatalogSearchRequest request) {
    Context before = call.attach();
    try {
      events = ClientCalls.blockingServerStreamingCall(
          stub.getChannel(), CatalogServiceGrpc.getSearchStreamMethod(), stub.getCallOptions(), request);
    } finally {
      call.detach(before);
    }
  }

  /** Waits for the next event. */
  @Override
  public boolean hasNext() {
    try {
      return events.hasNext();
    } catch (RuntimeException thrown) {
      throw TakoException.of(thrown);
    }
  }

  @Override
  public SearchEvent next() {
    try {
      return events.next();
    } catch (NoSuchElementException over) {
      throw over;
    } catch (RuntimeException thrown) {
      throw TakoException.of(thrown);
    }
  }

  @Override
  public Iterator<SearchEvent> iterator() {
    return this;
  }

  @Override
  public void close() {
    call.cancel(null);
  }
}
