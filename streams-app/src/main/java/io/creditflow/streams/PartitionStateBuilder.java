package io.creditflow.streams;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Gives each task a {@link PartitionState}, which has neither cache nor changelog. */
record PartitionStateBuilder(TaskContext taskContext) implements StoreBuilder<PartitionState> {
  @Override
  public PartitionState build() {
    return new PartitionState(taskContext);
  }

  @Override
  public String name() {
    return CreditTopology.PARTITION;
  }

  @Override
  public StoreBuilder<PartitionState> withCachingEnabled() {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreBuilder<PartitionState> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<PartitionState> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreBuilder<PartitionState> withLoggingDisabled() {
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
