package io.creditflow.quickstart.command;

import io.creditflow.schemas.Topics;
import io.creditflow.streams.RecordLocation;
import io.creditflow.streams.RejectedHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of {@code rejected-events}, which is the copy of a rejected input record.
 *
 * @param identity identifies the input record; all copies of it have the same identity
 * @param source the location of the input record
 * @param location the location of this copy on {@code rejected-events}
 * @param isWhole whether the copy has the record's value, so that it can be sent again
 */
record RejectedCopy(
    RecordIdentity identity,
    RecordLocation source,
    RecordLocation location,
    String reason,
    Instant rejectedAt,
    boolean isWhole) {

  /** Parses a record; null if its headers are not those of a rejected input record. */
  static RejectedCopy of(ConsumerRecord<byte[], byte[]> record) {
    try {
      // Interned to save memory, because there may be millions of copies.
      RecordLocation source =
          new RecordLocation(
              header(record, "source.topic").intern(),
              Integer.parseInt(header(record, "source.partition")),
              Long.parseLong(header(record, "source.offset")));
      if (!Topics.INPUTS.contains(source.topic())) {
        return null;
      }
      return new RejectedCopy(
          RecordIdentity.of(
              source.topic(),
              record.key(),
              record.value(),
              RejectedHeaders.withoutOurs(record.headers())),
          source,
          RecordLocation.of(record),
          header(record, "reason").intern(),
          Instant.parse(header(record, "rejected.at")),
          record.headers().lastHeader(RejectedHeaders.SHA256) == null);
    } catch (IllegalArgumentException | DateTimeParseException notOurs) {
      return null;
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalArgumentException("no header " + name);
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
