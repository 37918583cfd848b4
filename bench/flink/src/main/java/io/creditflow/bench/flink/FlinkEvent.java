package io.creditflow.bench.flink;

/** What the job needs of an event. A bean, as Flink's own serializer likes it. */
public class FlinkEvent {
  /** Empty for a grant. */
  public String campaignId;

  public String workspaceId;
  public String eventId;

  /** Day in UTC on which it happened. */
  public int epochDay;

  public boolean phone;

  /** Credits granted; 0 for usage. */
  public long granted;

  /** For Flink. */
  public FlinkEvent() {}
}
