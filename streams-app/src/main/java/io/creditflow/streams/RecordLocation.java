package io.creditflow.streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic, partition and offset of a record. */
public record RecordLocation(String topic, int partition, long offset) {
  public static RecordLocation of(ConsumerRecord<byte[], byte[]> record) {
    return new RecordLocation(record.topic(), record.partition(), record.offset());
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
