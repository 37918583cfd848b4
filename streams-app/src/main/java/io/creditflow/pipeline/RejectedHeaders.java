package io.creditflow.pipeline;

import io.creditflow.event.Origin;
import io.creditflow.event.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Says on a rejected record why, and where it came from (contract section 5). */
final class RejectedHeaders {
  private RejectedHeaders() {}

  static Headers of(Rejected rejected) {
    Origin origin = rejected.origin();
    Headers headers = new RecordHeaders();
    add(headers, "reason", rejected.rejection().reason().name());
    add(headers, "detail", rejected.rejection().detail());
    add(headers, "source.topic", origin.topic());
    add(headers, "source.partition", Integer.toString(origin.partition()));
    add(headers, "source.offset", Long.toString(origin.offset()));
    add(headers, "rejected.at", Instant.now().toString());
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
