package io.creditflow.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.ops.LagStatus.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagStatusTest {
  @Test
  void anIdlePartitionIsWell() {
    assertThat(judge(new Sample(5, 0), new Sample(5, 0), new Sample(5, 0))).isEqualTo(LagStatus.OK);
  }

  @Test
  void aSlowTopicThatWasCaughtUpInTheWindowIsWell() {
    assertThat(judge(new Sample(5, 0), new Sample(5, 1), new Sample(5, 1))).isEqualTo(LagStatus.OK);
  }

  @Test
  void catchingUpIsWell() {
    assertThat(judge(new Sample(5, 90), new Sample(50, 60), new Sample(90, 10)))
        .isEqualTo(LagStatus.OK);
  }

  @Test
  void fallingBehindAllTheTimeIsAWarning() {
    assertThat(judge(new Sample(5, 10), new Sample(6, 20), new Sample(7, 30)))
        .isEqualTo(LagStatus.WARN);
  }

  @Test
  void aHolderThatCommitsNothingIsStalledAndNoHolderIsStopped() {
    List<Sample> window = List.of(new Sample(5, 10), new Sample(5, 10), new Sample(5, 20));

    assertThat(LagStatus.of(window, true, true, false)).isEqualTo(LagStatus.STALLED);
    assertThat(LagStatus.of(window, true, false, false)).isEqualTo(LagStatus.STOPPED);
  }

  @Test
  void aTopicThatWaitsForItsTurnInAReplayIsWell() {
    List<Sample> window = List.of(new Sample(5, 10), new Sample(5, 10), new Sample(5, 10));

    assertThat(LagStatus.of(window, true, true, true)).isEqualTo(LagStatus.OK);
  }

  @Test
  void aRestartShorterThanTheWindowIsWell() {
    List<Sample> window = List.of(new Sample(5, 10), new Sample(5, 10));

    assertThat(LagStatus.of(window, false, false, false)).isEqualTo(LagStatus.OK);
  }

  @Test
  void anOffsetThatWentBackIsARewind() {
    assertThat(judge(new Sample(50, 0), new Sample(5, 45), new Sample(6, 44)))
        .isEqualTo(LagStatus.REWIND);
  }

  private static LagStatus judge(Sample... window) {
    return LagStatus.of(List.of(window), true, true, LagStatus.hasMoved(List.of(window)));
  }
}
