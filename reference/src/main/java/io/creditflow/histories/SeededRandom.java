package io.creditflow.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random number generator that repeats its values for the same seed. Not thread-safe. */
public final class SeededRandom {
  private final SplittableRandom random;

  public SeededRandom(long seed) {
    random = new SplittableRandom(seed);
  }

  public boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A random number between two bounds, both included. */
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  /** A random millisecond between two instants, both included. */
  public Instant instant(Instant first, Instant last) {
    return Instant.ofEpochMilli(
        random.nextLong(
            first.toEpochMilli(), Math.max(first.toEpochMilli(), last.toEpochMilli()) + 1));
  }

  Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
  }

  public long seed() {
    return random.nextLong();
  }

  public <T> List<T> shuffled(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int last = shuffled.size() - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      T moved = shuffled.set(other, shuffled.get(last));
      shuffled.set(last, moved);
    }
    return shuffled;
  }

  /** A random index; each index is as likely as its weight. */
  public int weighted(int... weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int drawn = random.nextInt(sum);
    for (int index = 0; ; index++) {
      drawn -= weights[index];
      if (drawn < 0) {
        return index;
      }
    }
  }
}
