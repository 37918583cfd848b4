package io.creditflow.quickstart.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The SHA-256 hash of a record's topic, key, value and headers. Copies of one record have the same
 * hash.
 */
record RecordIdentity(long first, long second, long third, long fourth) {
  static RecordIdentity of(String topic, byte[] key, byte[] value, Headers headers) {
    MessageDigest digest = sha256();
    add(digest, topic.getBytes(StandardCharsets.UTF_8));
    add(digest, key);
    add(digest, value);
    for (Header header : headers) {
      add(digest, header.key().getBytes(StandardCharsets.UTF_8));
      add(digest, header.value());
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new RecordIdentity(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : part.length).array());
    if (part != null) {
      digest.update(part);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
