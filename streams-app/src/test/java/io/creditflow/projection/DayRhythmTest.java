package io.creditflow.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DayRhythmTest {

  @Test
  void officeHoursAreLearntAndASpikeLeavesNoTrace() {
    long[] hours = new long[24 * 28];
    for (int i = 0; i < hours.length; i++) {
      int hourOfDay = (i + 5) % 24;
      hours[i] = hourOfDay >= 8 && hourOfDay < 18 ? 100 : 0;
    }
    hours[100] = 1_000_000;
    DayRhythm rhythm = DayRhythm.ofHours(hours, 5);

    assertThat(rhythm.share(8 / 24.0, 18 / 24.0)).isGreaterThan(0.85);
    assertThat(rhythm.share(0, 1)).isCloseTo(1, within(1e-9));
    assertThat(rhythm.share(0, rhythm.momentAt(0.3))).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void withoutHoursADayIsEven() {
    assertThat(DayRhythm.ofHours(new long[0], 0).share(0, 0.25)).isCloseTo(0.25, within(1e-9));
    assertThat(DayRhythm.ofHours(new long[500], 0).share(0.5, 1)).isCloseTo(0.5, within(1e-9));
  }
}
