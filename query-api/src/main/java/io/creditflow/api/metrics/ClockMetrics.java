package io.creditflow.api.metrics;

import io.creditflow.api.ops.BrokerClocks;

/** Metrics of the differences between the brokers' clocks and the clock of this instance. */
final class ClockMetrics implements ScrapeSnapshot.Source {
  private final BrokerClocks clocks;

  ClockMetrics(BrokerClocks clocks) {
    this.clocks = clocks;
  }

  @Override
  public void collect(ScrapeSnapshot into) {
    for (BrokerClocks.BrokerClock clock : clocks.clocks()) {
      into.gauge(
          "creditflow_broker_clock_behind_seconds",
          "How far a broker's clock is behind this instance's, in seconds; negative if it is ahead",
          clock.behindSeconds(),
          "broker",
          Integer.toString(clock.broker()),
          "address",
          clock.address());
    }
  }
}
