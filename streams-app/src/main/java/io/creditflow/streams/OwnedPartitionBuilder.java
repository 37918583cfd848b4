package io.creditflow.streams;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds an {@link OwnedPartition} for each task, without cache and changelog. */
record OwnedPartitionBuilder(TaskContext taskContext) implements StoreBuilder<OwnedPartition> {
  @Override
  public OwnedPartition build() {
    return new OwnedPartition(taskContext);
  }

  @Override
  public String name() {
    return CreditTopology.PARTITION;
  }

  @Override
  public StoreBuilder<OwnedPartition> withCachingEnabled() {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreBuilder<OwnedPartition> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<OwnedPartition> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreBuilder<OwnedPartition> withLoggingDisabled() {
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }
}
