package io.creditflow.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A 64-bit hash of a record's content. It distinguishes an exact duplicate of an event from a
 * different event with the same id (contract section 3, rule 2).
 *
 * <p>The hash is xxHash64 over the record's Avro bytes in <em>Creditflow's</em> schema, seeded with
 * the schema's full name. Hence it does not depend on the writer's schema id, field order or
 * encoding, nor on fields that Creditflow's schema lacks. Two different contents collide with a
 * probability of 2^-64. The hash is not cryptographic: collisions can be constructed.
 */
public final class ContentFingerprint {
  private ContentFingerprint() {}

  /**
   * The fingerprint of a record under its own schema. Allocates buffers on each call, unlike {@link
   * EventDecoder}.
   */
  public static long of(SpecificRecord event) {
    Schema schema = event.getSchema();
    CanonicalAvroEncoder bytes = new CanonicalAvroEncoder(schema);
    bytes.write(event);
    return of(bytes.array(), 0, bytes.length(), seedOf(schema));
  }

  /** The fingerprint of canonical bytes, with a seed from {@link #seedOf}. */
  static long of(byte[] canonical, int offset, int length, long seed) {
    return XxHash64.hash(canonical, offset, length, seed);
  }

  static long seedOf(Schema schema) {
    byte[] name = schema.getFullName().getBytes(StandardCharsets.UTF_8);
    return XxHash64.hash(name, 0, name.length, 0);
  }
}
