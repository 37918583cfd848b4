package io.creditflow.bench.flink;

/**
 * The fields of an event that the job needs. A POJO, for which Flink has an efficient serializer.
 */
public class FlinkEvent {
  /** Empty for a grant. */
  public String campaignId;

  public String workspaceId;
  public String eventId;

  /** The day of the event in UTC, as an epoch day. */
  public int epochDay;

  public boolean phone;

  /** Credits granted; 0 for usage. */
  public long granted;

  /** Required by Flink's POJO serializer. */
  public FlinkEvent() {}
}
