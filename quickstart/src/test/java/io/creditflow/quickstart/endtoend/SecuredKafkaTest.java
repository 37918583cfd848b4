package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.quickstart.access.SigningKey;
import io.creditflow.quickstart.command.CommandOutcome;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ScratchDirectory;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Brokers that want TLS with a password or a certificate and grant the least there is, a registry
 * that wants TLS and a password, all by passed-through settings; and no secret is ever shown.
 */
@Tag("system")
class SecuredKafkaTest {
  private static final String WORKSPACE = "guarded-co";
  private static final String PASSWORD = "kafka-" + Long.toHexString(System.nanoTime());
  private static final String REGISTRY_PASSWORD = "registry-" + Long.toHexString(System.nanoTime());
  private static final String PEER_SECRET = "peers-" + Long.toHexString(System.nanoTime());
  private static final String USER_INFO = "creditflow:" + REGISTRY_PASSWORD;
  private static final List<String> SECRETS =
      List.of(
          PASSWORD,
          REGISTRY_PASSWORD,
          PEER_SECRET,
          Certificates.PASSWORD,
          Base64.getEncoder().encodeToString(USER_INFO.getBytes(StandardCharsets.UTF_8)));

  private ScratchDirectory scratch;
  private Certificates certificates;
  private SecuredBroker broker;
  private LocalSchemaRegistry registry;
  private SecuredRegistry guard;

  @Test
  void tlsPasswordsAndCertificatesAreEnoughAndNeverTold() throws Exception {
    try (ScratchDirectory directory = new ScratchDirectory("secured")) {
      scratch = directory;
      certificates = new Certificates(directory.path("certificates"));
      try (SecuredBroker kafka = new SecuredBroker(directory.path("kafka"), certificates);
          LocalSchemaRegistry schemas =
              LocalSchemaRegistry.start(directory.path("schemas.json"), 0);
          SecuredRegistry guarded = new SecuredRegistry(schemas.url(), USER_INFO, certificates)) {
        broker = kafka;
        registry = schemas;
        guard = guarded;
        AppUnderTest.registerSchemas(schemas);
        aWrongPasswordEndsTheStartWithOneLine();
        kafka.admit("creditflow", PASSWORD);
        byPasswordItCounts();
        aCommandReachesItByTheInstancesFile();
        byCertificateItGoesOn();
        aCheckOfTheConfigurationTellsNone();
      }
    }
  }

  private void aWrongPasswordEndsTheStartWithOneLine() throws Exception {
    Map<String, String> settings = byPassword();
    settings.put("CREDITFLOW_LOG_LEVEL", "info"); // at debug the line comes with its stack
    try (AppUnderTest app = start("refused", broker.byPassword(), settings)) {
      assertThat(app.process().exitCode(Duration.ofSeconds(60))).isEqualTo(1);
      List<String> lines = app.process().output().strip().lines().toList();
      assertThat(lines.get(lines.size() - 1))
          .contains("Kafka at " + broker.byPassword() + " cannot be used")
          .contains("invalid credentials")
          .contains("Check the user and the password in creditflow.kafka.sasl.jaas.config");
      assertThat(app.process().output()).doesNotContain("\tat ");
      assertThatNoSecretIsIn("what it said", app.process().output());
    }
    settings.put("CREDITFLOW_KAFKA_SSL_TRUSTSTORE_LOCATION", "/nowhere/trust.p12");
    try (AppUnderTest app = start("lost", broker.byPassword(), settings)) {
      assertThat(app.process().exitCode(Duration.ofSeconds(60))).isEqualTo(1);
      assertThat(app.process().output()).contains("/nowhere/trust.p12", "Check creditflow.kafka");
      assertThatNoSecretIsIn("what it said", app.process().output());
    }
  }

  private void byPasswordItCounts() throws Exception {
    try (AppUnderTest app = start("password", broker.byPassword(), byPassword())) {
      app.awaitReady();
      publish("one");
      assertCounted(app, 1);
      assertThat(guard.refused()).isZero();
      for (String path : List.of("/metrics", "/health/ready", "/health/live")) {
        assertThatNoSecretIsIn(path, body(app.managementUrl() + path, ""));
      }
      String token =
          SigningKey.in(scratch.path("keys"))
              .token(
                  "operator",
                  List.of("*"),
                  List.of("ops:read", "credits:read"),
                  Instant.now(),
                  Duration.ofHours(1));
      for (String path :
          List.of("/v1/ops/lag", "/v1/ops/rejected", "/config.json", "/v1/me", "/nowhere")) {
        assertThatNoSecretIsIn(path, body(app.api().url() + path, token));
      }
      assertThat(body(app.api().url() + "/v1/ops/rejected", token))
          .as("bad input is set aside and may be read")
          .contains("UNDECODABLE");
      assertThat(app.process().stop(Duration.ofSeconds(20))).isTrue();
      assertThat(app.process().output()).doesNotContain("Not authorized");
      assertThatNoSecretIsIn("its log", app.process().output());
    }
  }

  private void aCommandReachesItByTheInstancesFile() throws Exception {
    Map<String, String> settings = byPassword();
    settings.put("CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", broker.byPassword());
    settings.put("CREDITFLOW_REGISTRY_URL", guard.url());
    Properties file = new Properties();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith("CREDITFLOW_KAFKA_") || name.startsWith("CREDITFLOW_REGISTRY_")) {
            file.setProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    Path path = scratch.path("creditflow.properties");
    try (OutputStream out = Files.newOutputStream(path)) {
      file.store(out, null);
    }
    assertThat(CommandOutcome.outputOf("redrive", "--dry-run", "--config", path.toString()))
        .startsWith("would send 1 records\n  UNDECODABLE 1\n");
  }

  private void byCertificateItGoesOn() throws Exception {
    Map<String, String> settings = trusting();
    settings.put("CREDITFLOW_KAFKA_SECURITY_PROTOCOL", "SSL");
    settings.put(
        "CREDITFLOW_KAFKA_SSL_KEYSTORE_LOCATION", certificates.key("creditflow").toString());
    settings.put("CREDITFLOW_KAFKA_SSL_KEYSTORE_PASSWORD", Certificates.PASSWORD);
    settings.put("CREDITFLOW_KAFKA_SSL_KEYSTORE_TYPE", "PKCS12");
    try (AppUnderTest app = start("certificate", broker.byCertificate(), settings)) {
      app.awaitReady();
      publish("two");
      assertCounted(app, 2);
      assertThatNoSecretIsIn("its log", app.process().output());
    }
  }

  private void aCheckOfTheConfigurationTellsNone() throws Exception {
    Map<String, String> settings = byPassword();
    settings.put("CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", broker.byPassword());
    settings.put("CREDITFLOW_REGISTRY_URL", "https://" + USER_INFO + "@127.0.0.1:1");
    settings.put("CREDITFLOW_AUTH_JWKS", "jwks.json");
    assertThat(check(settings, 0)).contains("The configuration is good.");
    settings.put("CREDITFLOW_REGISTRY_URL", "ftp://" + USER_INFO + "@127.0.0.1:1");
    settings.put("CREDITFLOW_PEER_SECRET", PEER_SECRET.substring(0, 8));
    settings.put(
        "CREDITFLOW_KAFKA_SASL_JAAS_CONFIGS", settings.get("CREDITFLOW_KAFKA_SASL_JAAS_CONFIG"));
    assertThat(check(settings, 78)).contains("3 configuration problems", "did you mean");
  }

  private String check(Map<String, String> settings, int exitCode) throws Exception {
    try (ChildProcess check =
        PackagedProgram.start(
            scratch.path("check.txt"),
            settings,
            "io.creditflow.api.Creditflow",
            "config",
            "--check")) {
      assertThat(check.exitCode(Duration.ofSeconds(60))).as(check.output()).isEqualTo(exitCode);
      assertThatNoSecretIsIn("config --check", check.output());
      assertThat(check.output()).doesNotContain(PEER_SECRET.substring(0, 8));
      return check.output();
    }
  }

  private AppUnderTest start(String name, String bootstrapServers, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("CREDITFLOW_REGISTRY_URL", guard.url());
    all.put("CREDITFLOW_PARTITIONS", "2");
    return AppUnderTest.start(scratch, name, bootstrapServers, registry, all);
  }

  private Map<String, String> byPassword() {
    Map<String, String> settings = trusting();
    settings.put("CREDITFLOW_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
    settings.put("CREDITFLOW_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
    settings.put(
        "CREDITFLOW_KAFKA_SASL_JAAS_CONFIG",
        "org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"creditflow\" password=\"%s\";".formatted(PASSWORD));
    return settings;
  }

  /** What both ways have in common: trust, the registry, and as many words as there are. */
  private Map<String, String> trusting() {
    Map<String, String> settings = new HashMap<>();
    settings.put("CREDITFLOW_LOG_LEVEL", "debug");
    settings.put("CREDITFLOW_PEER_SECRET", PEER_SECRET);
    settings.put("CREDITFLOW_REGISTRY_BASIC_AUTH_CREDENTIALS_SOURCE", "USER_INFO");
    settings.put("CREDITFLOW_REGISTRY_BASIC_AUTH_USER_INFO", USER_INFO);
    for (String client : List.of("KAFKA", "REGISTRY")) {
      String ssl = "CREDITFLOW_" + client + "_SSL_TRUSTSTORE_";
      settings.put(ssl + "LOCATION", certificates.trust().toString());
      settings.put(ssl + "PASSWORD", Certificates.PASSWORD);
      settings.put(ssl + "TYPE", "PKCS12");
    }
    return settings;
  }

  /** A lead, and something that is none. */
  private void publish(String eventId) throws Exception {
    AvroEventSerializer serializer = new AvroEventSerializer();
    serializer.configure(Map.of("schema.registry.url", registry.url()), false);
    LeadSourced lead =
        new LeadSourced(
            eventId, WORKSPACE, "c", "l", LeadSource.CSV, Instant.now().minusSeconds(1));
    byte[] key = WORKSPACE.getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.open()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] value = serializer.serialize(Topics.LEAD_SOURCED, lead);
      producer.send(new ProducerRecord<>(Topics.LEAD_SOURCED, key, new byte[] {1})).get();
      producer.send(new ProducerRecord<>(Topics.LEAD_SOURCED, key, value)).get();
    }
  }

  private static void assertCounted(AppUnderTest app, int credits) throws Exception {
    app.api().awaitReflected(WORKSPACE, Instant.now());
    assertThat(app.api().json("/v1/workspaces/" + WORKSPACE + "/credits").path("overage").asInt())
        .isEqualTo(credits);
  }

  private static String body(String address, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static void assertThatNoSecretIsIn(String what, String text) {
    assertThat(text).as(what).isNotEmpty();
    for (String secret : SECRETS) {
      assertThat(text).as(what).doesNotContain(secret);
    }
  }
}
