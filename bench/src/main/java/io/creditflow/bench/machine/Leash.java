package io.creditflow.bench.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What holds a started process: its standard input. The process ends when that does, so nothing a
 * benchmark starts outlives it, however it ends.
 */
public final class Leash {
  private static final BufferedReader INPUT =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private static final long GOODBYE_MILLIS = 15_000;

  private Leash() {}

  /** Waits for the next word of the benchmark; ends the process if it is gone. */
  public static String await() {
    try {
      String word = INPUT.readLine();
      if (word == null) {
        end();
      }
      return word;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process when the benchmark is gone, whatever else it is doing. */
  static void hold() {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                await();
              }
            },
            "leash");
    thread.setDaemon(true);
    thread.start();
  }

  /** In order if that goes, else at once. */
  private static void end() {
    Thread halt =
        new Thread(
            () -> {
              try {
                Thread.sleep(GOODBYE_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(1);
            },
            "halt");
    halt.setDaemon(true);
    halt.start();
    System.exit(0);
  }
}
