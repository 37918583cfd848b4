package io.creditflow.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Creates the Kafka clients of the pipeline. They are Kafka's own clients with these differences: a
 * main consumer reads a partition from the offset that the partition's state holds ({@link
 * InputPositions}). A producer waits for the brokers only once per commit, commits no offset that
 * the consumer of its stream thread has not reached, and begins no transaction after an abort.
 */
final class StreamsClientSupplier implements KafkaClientSupplier {
  private final Map<String, ThreadState> threads = new ConcurrentHashMap<>();

  /** The state that the clients of one stream thread share. */
  private record ThreadState(InputPositions inputs, ThreadProgress progress) {
    ThreadState() {
      this(new InputPositions(), new ThreadProgress());
    }
  }

  /**
   * A stream thread that has not polled for a while.
   *
   * @param since the time since the thread's last poll
   * @param waitingFor a description of what the thread waits for; null if that is not known
   */
  record Stall(String thread, Duration since, String waitingFor) {}

  /**
   * The input positions of the calling stream thread. Any other thread gets a new object without a
   * consumer.
   */
  InputPositions inputs() {
    ThreadState thread = threads.get(Thread.currentThread().getName());
    return thread == null ? new InputPositions() : thread.inputs();
  }

  /** The stream thread whose last poll is the longest ago; empty if there is no stream thread. */
  Optional<Stall> longestStall() {
    return threads.entrySet().stream()
        .map(
            thread ->
                new Stall(
                    thread.getKey(),
                    thread.getValue().progress().sincePolled(),
                    thread.getValue().progress().waitingFor()))
        .max((a, b) -> a.since().compareTo(b.since()));
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new CommittingProducer(config, stateOf(threadOf(config, "-producer")));
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new InputConsumer(config, threadOf(config, "-consumer"));
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private ThreadState stateOf(String thread) {
    return threads.computeIfAbsent(thread, any -> new ThreadState());
  }

  /** The name of a client's stream thread: the client id without the role at its end. */
  private static String threadOf(Map<String, Object> config, String role) {
    String name = Objects.toString(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
    if (!name.endsWith(role)) {
      throw new IllegalStateException("client.id " + name + " does not end with " + role);
    }
    return name.substring(0, name.length() - role.length());
  }

  /**
   * The main consumer of a stream thread. It reports its polls and seeks to {@link InputPositions},
   * and does not resume partitions that are paused there.
   */
  private final class InputConsumer extends KafkaConsumer<byte[], byte[]> {
    private final String thread;
    private final InputPositions inputs;
    private final ThreadProgress progress;

    InputConsumer(Map<String, Object> config, String thread) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.thread = thread;
      inputs = stateOf(thread).inputs();
      progress = stateOf(thread).progress();
      inputs.setConsumer(this);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      progress.onPoll();
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      inputs.keepOnly(assignment());
      inputs.onPoll(records);
      return records;
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
      super.resume(inputs.withoutPaused(partitions));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> committed = super.committed(partitions);
      inputs.onCommittedFetched(committed);
      return committed;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
      super.seek(partition, offset);
      inputs.onSeek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
      super.seek(partition, offset);
      inputs.onSeek(partition, offset.offset());
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
      super.seekToBeginning(partitions);
      inputs.onSeekWithoutOffset(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
      super.seekToEnd(partitions);
      inputs.onSeekWithoutOffset(partitions);
    }

    @Override
    public void close() {
      threads.remove(thread);
      super.close();
    }

    @Override
    public void close(CloseOptions options) {
      threads.remove(thread);
      super.close(options);
    }
  }

  /** The producer of a stream thread. */
  private static final class CommittingProducer extends KafkaProducer<byte[], byte[]> {
    private final InputPositions inputs;
    private final ThreadProgress progress;
    private boolean hasAborted;

    CommittingProducer(Map<String, Object> config, ThreadState thread) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      inputs = thread.inputs();
      progress = thread.progress();
    }

    @Override
    public void initTransactions() {
      progress.waitFor("the brokers to begin its transactions", super::initTransactions);
    }

    /**
     * Remembers the abort. Kafka Streams aborts the transaction of a thread when it closes one task
     * dirty. The records that the thread's other tasks have sent are then lost, but these tasks do
     * not notice. Therefore this producer begins no further transaction: Kafka Streams then closes
     * all tasks of the thread as lost, and they resume from the last commit with a new producer
     * (docs/decisions/0017).
     */
    @Override
    public void abortTransaction() {
      hasAborted = true;
      super.abortTransaction();
    }

    @Override
    public void beginTransaction() {
      if (hasAborted) {
        throw new ProducerFencedException(
            "a transaction of this thread was aborted; its tasks resume from the last commit");
      }
      super.beginTransaction();
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      progress.waitFor(
          "the brokers to accept its offsets",
          () -> super.sendOffsetsToTransaction(inputs.correctCommit(offsets), group));
    }

    @Override
    public void commitTransaction() {
      progress.waitFor("the brokers to commit its transaction", super::commitTransaction);
    }

    /**
     * Does nothing. In a commit, Kafka Streams calls this method once per task, and each call would
     * wait for the brokers' acknowledgements. {@link #commitTransaction} waits for the same
     * acknowledgements: it sends all unsent records, and fails if a record has failed
     * (docs/decisions/0015).
     */
    @Override
    public void flush() {
      // commitTransaction flushes.
    }
  }
}
