import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A producer as other teams write theirs: Confluent's own serializer, nothing of ours.
 *
 * <p>Runs in a JVM of its own, since Confluent's serializer is on Maven Central only inside a jar
 * that brings its own Kafka and Avro:
 *
 * <pre>{@code
 * java -cp pinot-confluent-avro-shaded.jar Genuine.java \
 *     schema.registry.url=http://127.0.0.1:8081 [bootstrap.servers=127.0.0.1:9092] [name=value...]
 * }</pre>
 *
 * <p>Arguments are client configuration. Standard input is one command a line, its parts separated
 * by tabs; records are in Avro's JSON encoding; fields whose default is null or
 * a number may be left out:
 *
 * <pre>
 * configure    NAME   VALUE         changes the configuration of what follows
 * schema       TOPIC  SCHEMA        the schema of the topic's records, on one line
 * send         TOPIC  KEY  RECORD   publishes
 * serialize    TOPIC  RECORD        answers: value TAB HEX
 * deserialize  TOPIC  HEX           answers: record TAB FULL_NAME TAB RECORD
 * </pre>
 *
 * <p>At the end of input it waits until all is acknowledged and answers {@code sent TAB COUNT}. Any
 * failure ends it with a stack trace and exit code 1.
 */
public final class Genuine {
  private final Map<String, Object> configs = new HashMap<>();
  private final Map<String, Schema> schemas = new HashMap<>();
  private KafkaAvroSerializer serializer;
  private KafkaAvroDeserializer deserializer;
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  private KafkaProducer<String, Object> producer;
  private Future<RecordMetadata> last;
  private long sent;

  public static void main(String[] arguments) throws Exception {
    Genuine genuine = new Genuine(arguments);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      genuine.obey(line.split("\t"));
    }
    genuine.end();
  }

  private Genuine(String[] arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      configs.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    configure();
  }

  private void configure() {
    serializer = new KafkaAvroSerializer();
    serializer.configure(configs, false);
    deserializer = new KafkaAvroDeserializer();
    deserializer.configure(configs, false);
  }

  private void obey(String[] command) throws Exception {
    switch (command[0]) {
      case "configure" -> {
        configs.put(command[1], command[2]);
        configure();
      }
      case "schema" -> schemas.put(command[1], new Schema.Parser().parse(command[2]));
      case "send" -> send(command[1], command[2], fromJson(schemas.get(command[1]), command[3]));
      case "serialize" -> {
        GenericRecord record = fromJson(schemas.get(command[1]), command[2]);
        byte[] value = serializer.serialize(command[1], record);
        out.println("value\t" + HexFormat.of().formatHex(value));
      }
      case "deserialize" -> {
        byte[] value = HexFormat.of().parseHex(command[2]);
        GenericRecord record = (GenericRecord) deserializer.deserialize(command[1], value);
        out.println("record\t" + record.getSchema().getFullName() + "\t" + toJson(record));
      }
      default -> throw new IllegalArgumentException("No such command: " + command[0]);
    }
  }

  private void send(String topic, String key, GenericRecord record) throws Exception {
    if (producer == null) {
      configs.put("key.serializer", StringSerializer.class.getName());
      configs.put("value.serializer", KafkaAvroSerializer.class.getName());
      producer = new KafkaProducer<>(configs);
    }
    last =
        producer.send(
            new ProducerRecord<>(topic, key, record),
            (metadata, failure) -> {
              if (failure != null) {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
              }
            });
    sent++;
  }

  private void end() throws Exception {
    if (producer != null) {
      producer.flush();
      last.get();
      producer.close();
    }
    out.println("sent\t" + sent);
    out.flush();
  }

  private static GenericRecord fromJson(Schema schema, String json) throws Exception {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().jsonDecoder(schema, completed(schema, json)));
  }

  /** Adds the defaults of missing fields: Avro's JSON decoder refuses a record without them. */
  private static String completed(Schema schema, String json) {
    StringBuilder record = new StringBuilder(json.substring(0, json.lastIndexOf('}')));
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue() && !json.contains('"' + field.name() + "\":")) {
        Object value = field.defaultVal() == JsonProperties.NULL_VALUE ? null : field.defaultVal();
        record.append(",\"%s\":%s".formatted(field.name(), value));
      }
    }
    return record.append('}').toString();
  }

  private static String toJson(GenericRecord record) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Encoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), bytes);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
