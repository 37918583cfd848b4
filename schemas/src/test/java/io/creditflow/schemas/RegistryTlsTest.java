package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry over TLS that asks for a client certificate, with keys made on the spot. */
@Tag("system")
class RegistryTlsTest {
  private static final String SSL = "schema.registry.ssl.";

  @TempDir private static Path dir;
  private static FakeRegistryServer server;
  private static int id;

  @BeforeAll
  static void start() throws Exception {
    makeKeyAndTrust();
    SSLContext tls = RegistryTls.from(stores()).orElseThrow();
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server = new FakeRegistryServer("", https);
    id = server.add("s", "\"string\"");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void bothSidesShowTheirCertificates() {
    assertThat(registry(stores()).schemaById(id)).isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void trustMayBeAPemFile() {
    Map<String, Object> configs = stores();
    configs.put(SSL + "truststore.type", "PEM");
    configs.put(SSL + "truststore.location", dir.resolve("trust.pem").toString());
    configs.remove(SSL + "truststore.password");

    assertThat(registry(configs).schemaById(id)).isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void aCertificateThatIsNotTrustedIsAFailureThatSaysSo() {
    assertThatThrownBy(() -> registry(new HashMap<>()).schemaById(id))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("https://127.0.0.1:" + server.port())
        .hasMessageContaining("certification path");
  }

  private static HttpSchemaRegistry registry(Map<String, Object> configs) {
    configs.put("schema.registry.url", "https://127.0.0.1:" + server.port());
    configs.put("max.retries", 0);
    return new HttpSchemaRegistry(configs);
  }

  private static Map<String, Object> stores() {
    Map<String, Object> configs = new HashMap<>();
    configs.put(SSL + "keystore.location", dir.resolve("key.p12").toString());
    configs.put(SSL + "keystore.password", "changeit");
    configs.put(SSL + "keystore.type", "PKCS12");
    configs.put(SSL + "truststore.location", dir.resolve("trust.p12").toString());
    configs.put(SSL + "truststore.password", "changeit");
    configs.put(SSL + "truststore.type", "PKCS12");
    return configs;
  }

  /** One key pair serves both sides, and both trust it alone. */
  private static void makeKeyAndTrust() throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Path log = dir.resolve("keytool.log");
    String key = dir.resolve("key.p12").toString();
    List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair"));
    command.addAll(List.of("-alias", "key", "-keyalg", "EC", "-dname", "CN=registry"));
    command.addAll(List.of("-ext", "SAN=ip:127.0.0.1", "-keystore", key));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", "changeit"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();

    char[] password = "changeit".toCharArray();
    Certificate certificate =
        KeyStore.getInstance(dir.resolve("key.p12").toFile(), password).getCertificate("key");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("registry", certificate);
    try (OutputStream out = Files.newOutputStream(dir.resolve("trust.p12"))) {
      trust.store(out, password);
    }
    String base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    Files.writeString(
        dir.resolve("trust.pem"),
        "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }
}
