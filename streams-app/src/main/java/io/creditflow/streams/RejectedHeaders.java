package io.creditflow.streams;

import io.creditflow.event.RejectedRecord;
import io.creditflow.event.Rejection.Omitted;
import io.creditflow.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a record on {@code rejected-events}: first the producer's own headers, unchanged,
 * then Creditflow's headers, which say why the record was rejected and where it came from (contract
 * section 5).
 */
public final class RejectedHeaders {
  /**
   * The header with the SHA-256 of the value. Present if the record on {@code rejected-events} has
   * no value because the source record was too large.
   */
  public static final String SHA256 = "source.sha256";

  /**
   * The header with the id of the application that rejected the record. If several applications
   * process the same topics, each writes an entry of its own.
   */
  public static final String APPLICATION_ID = "application.id";

  private static final String REASON = "reason";

  private RejectedHeaders() {}

  static List<SourceRecord.Header> own(Headers headers) {
    Header[] all = headers.toArray();
    if (all.length == 0) {
      return List.of();
    }
    List<SourceRecord.Header> own = new ArrayList<>(all.length);
    for (Header header : all) {
      own.add(new SourceRecord.Header(header.key(), header.value()));
    }
    return own;
  }

  static Headers of(RejectedRecord rejected, String applicationId) {
    SourceRecord origin = rejected.origin();
    Headers headers = new RecordHeaders();
    origin.headers().forEach(own -> headers.add(own.name(), own.value()));
    add(headers, REASON, rejected.rejection().reason().name());
    add(headers, "detail", rejected.rejection().detail());
    add(headers, "source.topic", origin.topic());
    add(headers, "source.partition", Integer.toString(origin.partition()));
    add(headers, "source.offset", Long.toString(origin.offset()));
    Omitted omitted = rejected.rejection().omitted();
    if (omitted != null) {
      add(headers, "source.size", Long.toString(omitted.bytes()));
      add(headers, SHA256, omitted.sha256());
    }
    add(headers, "rejected.at", Instant.now().toString());
    add(headers, APPLICATION_ID, applicationId);
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The producer's own headers of a record on {@code rejected-events}: those before the last header
   * named {@code reason}, which is Creditflow's first.
   */
  public static Headers withoutOurs(Headers headers) {
    Header[] all = headers.toArray();
    int end = all.length;
    for (int i = 0; i < all.length; i++) {
      end = all[i].key().equals(REASON) ? i : end;
    }
    Headers own = new RecordHeaders();
    for (int i = 0; i < end; i++) {
      own.add(all[i]);
    }
    return own;
  }
}
