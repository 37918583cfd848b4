package io.creditflow.audit;

/** Where a record is. */
record RecordLocation(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
