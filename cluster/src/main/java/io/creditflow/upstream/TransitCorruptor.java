package io.creditflow.upstream;

import io.creditflow.histories.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Corrupts the bytes, keys or partitions of records on their way to the broker. */
final class TransitCorruptor {
  private final SeededRandom random;
  private final int partitions;

  TransitCorruptor(SeededRandom random, int partitions) {
    this.random = random;
    this.partitions = partitions;
  }

  ProducerRecord<byte[], byte[]> corrupted(String topic, byte[] key, byte[] value) {
    return switch (random.between(0, 8)) {
      case 0 ->
          new ProducerRecord<>(topic, key, "not Avro at all".getBytes(StandardCharsets.UTF_8));
      case 1 -> new ProducerRecord<>(topic, key, Arrays.copyOf(value, value.length / 2));
      case 2 -> new ProducerRecord<>(topic, key, Arrays.copyOf(value, value.length + 3));
      case 3 ->
          new ProducerRecord<>(topic, key, withSchema(value, 900_000 + random.between(0, 99)));
      case 4 -> new ProducerRecord<>(topic, key, flipped(value));
      case 5 -> new ProducerRecord<>(topic, key, null);
      case 6 ->
          new ProducerRecord<>(topic, "somebody-else".getBytes(StandardCharsets.UTF_8), value);
      case 7 -> new ProducerRecord<>(topic, null, value);
      default -> new ProducerRecord<>(topic, random.between(0, partitions - 1), key, value);
    };
  }

  private static byte[] withSchema(byte[] value, int id) {
    return ByteBuffer.wrap(value.clone()).putInt(1, id).array();
  }

  /** Flips one bit of the payload. The result may still be a valid record. */
  private byte[] flipped(byte[] value) {
    byte[] flipped = value.clone();
    int index = random.between(5, value.length - 1);
    flipped[index] ^= (byte) (1 << random.between(0, 7));
    return flipped;
  }
}
