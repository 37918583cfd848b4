package io.creditflow.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import org.junit.jupiter.api.Test;

class UsageSegmentsTest {
  @Test
  void aBoundaryBelongsToTheSegmentBehindIt() {
    UsageSegments segments = UsageSegments.empty();
    segments.cut(10, 0);
    segments.add(9, 1);
    segments.add(10, 2);

    assertThat(segments.sum(0)).isEqualTo(1);
    assertThat(segments.sum(1)).isEqualTo(2);
  }

  @Test
  void cuttingDividesTheSumAndKeepsTheTotal() {
    UsageSegments segments = UsageSegments.empty();
    segments.add(5, 7);
    segments.add(15, 3);
    segments.cut(20, 10);
    segments.cut(10, 7);

    assertThat(segments.count()).isEqualTo(3);
    assertThat(segments.sum(0)).isEqualTo(7);
    assertThat(segments.sum(1)).isEqualTo(3);
    assertThat(segments.sum(2)).isZero();
    assertThat(segments.total()).isEqualTo(10);
    assertThat(segments.isBoundary(10)).isTrue();
    assertThat(segments.isBoundary(11)).isFalse();
  }

  @Test
  void aRowComesBackWhole() {
    UsageSegments segments = UsageSegments.empty();
    segments.cut(-3, 0);
    segments.cut(Long.MAX_VALUE - 1, 4);
    segments.add(0, 5);
    UsageSegments read =
        UsageSegments.decode(new RowReader(segments.encode(new RowWriter()).bytes()));

    assertThat(read.count()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(read.start(i)).isEqualTo(segments.start(i));
      assertThat(read.end(i)).isEqualTo(segments.end(i));
      assertThat(read.sum(i)).isEqualTo(segments.sum(i));
    }
  }
}
