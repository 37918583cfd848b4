package io.creditflow.quickstart.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** What two records share that are copies of one: a SHA-256 of topic, key, value and headers. */
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
