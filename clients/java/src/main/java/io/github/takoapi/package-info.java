/** A client of Tako. Begin with {@link io.github.takoapi.TakoClient}; messages are in {@code io.github.takoapi.v1}. */
package io.github.takoapi;
