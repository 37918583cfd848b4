package io.creditflow.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * 64 bits that stand for a record's content: what tells an identical repeat of an event from one
 * with other content (contract section 3, rule 2).
 *
 * <p>xxHash64 over the record's Avro bytes by <em>our</em> schema, seeded by its full name. So one
 * content has one fingerprint whatever schema id, field order or encoding it was written with, and
 * fields that our schema does not have do not count. Two different contents agree by chance once in
 * 2^64; it is no defence against someone who wants them to.
 */
public final class ContentFingerprint {
  private ContentFingerprint() {}

  /** The fingerprint of a record by its own schema. Allocates; {@link EventDecoder} does not. */
  public static long of(SpecificRecord event) {
    Schema schema = event.getSchema();
    CanonicalAvroEncoder bytes = new CanonicalAvroEncoder(schema);
    bytes.write(event);
    return of(bytes.array(), 0, bytes.length(), seedOf(schema));
  }

  /** The fingerprint of canonical bytes under a seed that {@link #seedOf} gave. */
  static long of(byte[] canonical, int offset, int length, long seed) {
    return XxHash64.hash(canonical, offset, length, seed);
  }

  static long seedOf(Schema schema) {
    byte[] name = schema.getFullName().getBytes(StandardCharsets.UTF_8);
    return XxHash64.hash(name, 0, name.length, 0);
  }
}
