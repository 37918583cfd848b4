package io.creditflow.bench;

import io.creditflow.projection.ActivePeriods;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A generated campaign of 60 days: hourly counts with a given shape, from a fixed seed.
 *
 * @param series the hourly counts from a midnight on
 * @param active the times at which the campaign is active
 */
record GeneratedCampaign(Shape shape, RecordedSeries series, ActivePeriods active) {
  static final int DAYS = 60;

  private static final int PER_SHAPE = 100;
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");

  /** The random deviation of a day from its shape: the standard deviation of the logarithm. */
  private static final double NOISE = 0.1;

  /** How the usage of a campaign develops over time. */
  enum Shape {
    STEADY,
    WEEKDAYS,
    WEEKLY_IMPORT,
    RAMP_UP,
    RAMP_DOWN,
    ONE_BURST,
    TWO_LEVELS,
    PAUSED,
    SPARSE,
    SPIKY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** A thousand campaigns, a hundred of each shape. Each call returns the same ones. */
  static List<GeneratedCampaign> all() {
    Random random = new Random(1);
    List<GeneratedCampaign> all = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      for (int i = 0; i < PER_SHAPE; i++) {
        all.add(generate(shape, random));
      }
    }
    return all;
  }

  private static GeneratedCampaign generate(Shape shape, Random random) {
    Instant start = MONDAY.plus(random.nextInt(7), ChronoUnit.DAYS);
    int monday = (int) Math.floorMod(ChronoUnit.DAYS.between(start, MONDAY), 7L);
    double level = 10 * Math.pow(100, random.nextDouble());
    int turn = 1 + random.nextInt(DAYS - 1);
    int pause = shape == Shape.PAUSED ? 5 + random.nextInt(10) : 0;
    int paused = 5 + random.nextInt(DAYS - pause - 5);
    double after = random.nextBoolean() ? 3 : 1 / 3.0;
    double[] days = new double[DAYS];
    for (int day = 0; day < DAYS; day++) {
      int weekday = Math.floorMod(day - monday, 7);
      double times =
          switch (shape) {
            case STEADY -> 1;
            case WEEKDAYS -> weekday < 5 ? 1 : 0;
            case WEEKLY_IMPORT -> weekday == turn % 7 ? 7 : 0.1;
            case RAMP_UP -> 0.5 + 1.5 * day / DAYS;
            case RAMP_DOWN -> 2 - 1.5 * day / DAYS;
            case ONE_BURST -> day == turn ? 20 : 1;
            case TWO_LEVELS -> day < turn ? 1 : after;
            case PAUSED -> day >= paused && day < paused + pause ? 0 : 1;
            case SPARSE -> random.nextInt(100) < 15 ? 1 : 0;
            case SPIKY -> random.nextInt(10) == 0 ? 5 + random.nextInt(16) : 1;
          };
      days[day] = level * times * Math.exp(NOISE * random.nextGaussian());
    }
    List<ActivePeriods.Span> spans = new ArrayList<>();
    Instant from = start;
    if (pause > 0) {
      spans.add(new ActivePeriods.Span(from, start.plus(paused, ChronoUnit.DAYS)));
      from = start.plus(paused + pause, ChronoUnit.DAYS);
    }
    spans.add(new ActivePeriods.Span(from, Instant.MAX));
    long[] hours = hours(days, random.nextBoolean(), random);
    return new GeneratedCampaign(
        shape, RecordedSeries.of(shape.toString(), start, 3600, hours), new ActivePeriods(spans));
  }

  /** Distributes daily counts over the hours, evenly or mostly over working hours. */
  private static long[] hours(double[] days, boolean even, Random random) {
    double[] shares = new double[24];
    for (int hour = 0; hour < shares.length; hour++) {
      shares[hour] = even ? 1 : hour < 8 ? 0.2 : hour < 18 ? 1.5 : 0.5;
    }
    double sum = Arrays.stream(shares).sum();
    long[] hours = new long[days.length * shares.length];
    for (int i = 0; i < hours.length; i++) {
      hours[i] = poisson(days[i / shares.length] * shares[i % shares.length] / sum, random);
    }
    return hours;
  }

  private static long poisson(double mean, Random random) {
    if (mean > 500) {
      return Math.round(mean + Math.sqrt(mean) * random.nextGaussian());
    }
    double left = mean;
    long count = -1;
    while (left > 0 || count < 0) {
      left += Math.log(1 - random.nextDouble());
      count++;
    }
    return count;
  }
}
