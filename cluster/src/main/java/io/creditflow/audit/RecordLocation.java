package io.creditflow.audit;

/** The topic, partition and offset of a record. */
record RecordLocation(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
