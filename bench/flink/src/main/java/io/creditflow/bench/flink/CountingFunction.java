package io.creditflow.bench.flink;

import io.creditflow.bench.workload.WorkloadTotals;
import java.io.Serial;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Counts the events of a workspace, each event id once. Emits the totals when the input ends. */
final class CountingFunction extends KeyedProcessFunction<String, FlinkEvent, String> {
  @Serial private static final long serialVersionUID = 1;

  /** The retention of event ids: 35 days and a reserve, as in the product. */
  private static final Duration REMEMBERED = Duration.ofDays(35).plusHours(2);

  private transient MapState<String, Boolean> seen;
  private transient MapState<String, Tuple2<Long, Long>> campaigns;
  private transient MapState<Tuple2<String, Integer>, Long> days;
  private transient ValueState<Long> net;

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<String, Boolean> ids =
        new MapStateDescriptor<>("seen", Types.STRING, Types.BOOLEAN);
    ids.enableTimeToLive(StateTtlConfig.newBuilder(REMEMBERED).build());
    seen = getRuntimeContext().getMapState(ids);
    campaigns =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "campaigns", Types.STRING, Types.TUPLE(Types.LONG, Types.LONG)));
    days =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("days", Types.TUPLE(Types.STRING, Types.INT), Types.LONG));
    net = getRuntimeContext().getState(new ValueStateDescriptor<>("net", Types.LONG));
  }

  @Override
  public void processElement(FlinkEvent event, Context context, Collector<String> out) throws Exception {
    if (seen.contains(event.eventId)) {
      return;
    }
    seen.put(event.eventId, true);
    Long soFar = net.value();
    if (soFar == null) {
      soFar = 0L;
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    if (event.granted > 0) {
      net.update(soFar + event.granted);
      return;
    }
    net.update(soFar - 1);
    Tuple2<Long, Long> counts = campaigns.get(event.campaignId);
    if (counts == null) {
      counts = Tuple2.of(0L, 0L);
    }
    campaigns.put(
        event.campaignId,
        event.phone ? Tuple2.of(counts.f0, counts.f1 + 1) : Tuple2.of(counts.f0 + 1, counts.f1));
    Tuple2<String, Integer> day = Tuple2.of(event.campaignId, event.epochDay);
    Long credits = days.get(day);
    days.put(day, credits == null ? 1 : credits + 1);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
      throws Exception {
    WorkloadTotals totals = new WorkloadTotals();
    String workspaceId = context.getCurrentKey();
    for (Map.Entry<String, Tuple2<Long, Long>> campaign : campaigns.entries()) {
      totals.addUsage(workspaceId, campaign.getKey(), campaign.getValue().f0, campaign.getValue().f1);
    }
    for (Map.Entry<Tuple2<String, Integer>, Long> day : days.entries()) {
      totals.addDay(workspaceId, LocalDate.ofEpochDay(day.getKey().f1), day.getValue());
    }
    totals.totalsAsLines().forEach(out::collect);
    out.collect(WorkloadTotals.balanceLine(workspaceId, net.value()));
  }
}
