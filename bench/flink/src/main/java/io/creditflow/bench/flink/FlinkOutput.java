package io.creditflow.bench.flink;

import java.io.Serial;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * A sink that collects the job's output lines in this process. This works because the job runs in
 * local mode.
 */
final class FlinkOutput implements Sink<String> {
  @Serial private static final long serialVersionUID = 1;
  private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

  static List<String> lines() {
    return List.copyOf(LINES);
  }

  @Override
  public SinkWriter<String> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(String line, Context at) {
        LINES.add(line);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
