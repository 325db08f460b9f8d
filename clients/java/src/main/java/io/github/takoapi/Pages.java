package io.github.takoapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All pages of one question. Each is asked when it is needed, by a call of its own; every iteration begins anew.
 *
 * @param <P> a page
 * @param <E> what it lists
 */
public final class Pages<P, E> implements Iterable<E> {
  private final Function<String, P> ask;
  private final Function<P, String> next;
  private final Function<P, List<E>> listed;

  private Pages(Function<String, P> ask, Function<P, String> next, Function<P, List<E>> listed) {
    this.ask = ask;
    this.next = next;
    this.listed = listed;
  }

  static <Q extends Message, P, E> Pages<P, E> of(
      Q request, Function<Q, P> ask, Function<P, String> next, Function<P, List<E>> listed) {
    return new Pages<>(token -> ask.apply(token == null ? request : on(request, token)), next, listed);
  }

  /** The same question with another page token. All questions that have pages have that field. */
  @SuppressWarnings("unchecked") // a builder builds what it was made from
  private static <Q extends Message> Q on(Q request, String token) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("page_token");
    return (Q) request.toBuilder().setField(field, token).build();
  }

  /** The pages themselves, with what became of each provider. */
  public Iterable<P> pages() {
    return PageIterator::new;
  }

  /** What all pages list. */
  public Stream<E> stream() {
    return StreamSupport.stream(pages().spliterator(), false).flatMap(page -> listed.apply(page).stream());
  }

  /** What all pages list, asked as the iteration goes on. */
  @Override
  public Iterator<E> iterator() {
    return stream().iterator();
  }

  private final class PageIterator implements Iterator<P> {
    private String token; // null before the first page, empty after the last

    @Override
    public boolean hasNext() {
      return token == null || !token.isEmpty();
    }

    @Override
    public P next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the page before was the last");
      }
      P page = ask.apply(token);
      token = next.apply(page);
      return page;
    }
  }
}
