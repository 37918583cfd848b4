package io.creditflow.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Set;
import java.util.TreeSet;
import org.joda.time.DateTimeZone;
import org.joda.time.tz.ZoneInfoProvider;
import org.junit.jupiter.api.Test;

class TimeZonesTest {
  private static final TimeZones SHIPPED = TimeZones.inUse();

  @Test
  void linksAreZonesAndNeitherOffsetsNorSystemVAre() {
    assertThat(SHIPPED.ids())
        .contains("EST", "MST", "HST", "ROC", "Asia/Calcutta", "UTC", "America/Coyhaique")
        .doesNotContain("SystemV/EST5", "+02:00", "Z", "GMT+02:00", "UTC+1", "europe/berlin");
  }

  @Test
  void theReleaseIsTheOneThatTheNameSays() {
    assertThat(SHIPPED.release()).isEqualTo("2025b");
    // 2025b split Coyhaique off; 2025a made Paraguay stay at -03.
    assertThat(SHIPPED.of("America/Coyhaique").getRules().getOffset(at("2026-06-01")))
        .isEqualTo(ZoneOffset.ofHours(-3));
    assertThat(SHIPPED.of("America/Asuncion").getRules().getOffset(at("2026-06-01")))
        .isEqualTo(ZoneOffset.ofHours(-3));
  }

  @Test
  void everyZoneSaysWhatItsDataSays() throws Exception {
    ZoneInfoProvider data =
        new ZoneInfoProvider(TzRulesProvider.DEFAULT_PATH, TimeZonesTest.class.getClassLoader());
    for (String id : new TreeSet<>(SHIPPED.ids())) {
      ZoneRules rules = SHIPPED.of(id).getRules();
      DateTimeZone zone = data.getZone(id);
      long end = at("2600-01-01").toEpochMilli();
      long time = at("2000-01-01").toEpochMilli();
      long next = time;
      do {
        time = next;
        long second = Math.floorDiv(time + 999, 1_000L) * 1_000; // 24:00 is 23:59:59.999 there
        requireSame(id, rules, zone, second);
        requireSame(id, rules, zone, second - 1_000);
        next = zone.nextTransition(time);
      } while (next != time && next < end);
    }
  }

  private static void requireSame(String id, ZoneRules rules, DateTimeZone zone, long time) {
    Instant at = Instant.ofEpochMilli(time);
    if (rules.getOffset(at).getTotalSeconds() * 1_000 != zone.getOffset(time)) {
      throw new AssertionError(id + " at " + at + ": " + rules.getOffset(at));
    }
  }

  @Test
  void twoReleasesStandBesideEachOtherAndStampsTellWhichZonesDiffer() throws Exception {
    TimeZones older = older();
    ZoneId berlin = older.of("Europe/Berlin");

    assertThat(TimeZones.idOf(berlin)).isEqualTo("Europe/Berlin");
    assertThat(older.has("America/Coyhaique")).isFalse();
    assertThat(older.stamp("Europe/Berlin")).isEqualTo(SHIPPED.stamp("Europe/Berlin"));
    assertThat(older.stamp("America/Asuncion")).isNotEqualTo(SHIPPED.stamp("America/Asuncion"));
    assertThat(TimeZones.idOfStamp(SHIPPED.stamp("America/Asuncion")))
        .isEqualTo("America/Asuncion");
    assertThat(Set.of(older.stamp("UTC")).contains(SHIPPED.stamp("UTC"))).isTrue();
  }

  private static TimeZones older() throws Exception {
    URL data = Path.of("target/older-tz/").toUri().toURL();
    return TimeZones.load(
        "2024a", TzRulesProvider.DEFAULT_PATH, new URLClassLoader(new URL[] {data}, null));
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
