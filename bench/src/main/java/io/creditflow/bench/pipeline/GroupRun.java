package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.GroupProgress;
import io.creditflow.bench.machine.Site;

/** A run that commits in a consumer group, whose topics go when it ends. */
abstract class GroupRun implements Rival.Run {
  private final Site site;
  private final String group;
  private final GroupProgress progress;

  GroupRun(Site site, String group) {
    this.site = site;
    this.group = group;
    progress = new GroupProgress(site.admin(), group);
  }

  @Override
  public long committed() throws Exception {
    return progress.committedEvents();
  }

  @Override
  public boolean isDone() throws Exception {
    return progress.isDone();
  }

  @Override
  public void close() {
    site.deleteTopics(topic -> topic.startsWith(group + "-"));
  }
}
