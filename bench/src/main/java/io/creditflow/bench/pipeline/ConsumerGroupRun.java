package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.GroupProgress;

/** A run that commits in a consumer group. Closing it deletes the group's internal topics. */
abstract class ConsumerGroupRun implements Rival.Run {
  private final BenchEnvironment environment;
  private final String group;
  private final GroupProgress progress;

  ConsumerGroupRun(BenchEnvironment environment, String group) {
    this.environment = environment;
    this.group = group;
    progress = new GroupProgress(environment.admin(), group);
  }

  @Override
  public long committedEvents() throws Exception {
    return progress.committedEvents();
  }

  @Override
  public boolean isDone() throws Exception {
    return progress.isDone();
  }

  @Override
  public void close() {
    environment.deleteTopics(topic -> topic.startsWith(group + "-"));
  }
}
