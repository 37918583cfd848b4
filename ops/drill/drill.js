// An operator's drill, on the real thing: starts bin/cluster, publishes with clients that know
// nothing of this project, runs every query of the Grafana dashboard, stops counting until the alert
// fires, kills an instance. Prints one line per finding; exits 1 if one is bad.
//
//   node drill.js [DATA_DIR [PORT_OFFSET]]
'use strict';
const {execFileSync, spawn} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const {Kafka, logLevel} = require('kafkajs');
const {SchemaRegistry, SchemaType} = require('@kafkajs/confluent-schema-registry');

const project = path.resolve(__dirname, '../..');
const [, , givenData, offset = '20000'] = process.argv;
const data = givenData ?? fs.mkdtempSync(path.join(os.tmpdir(), 'creditflow-drill-'));
const prometheus = `http://127.0.0.1:${9090 + Number(offset)}`;
let isBad = false;

function found(isGood, what) {
  isBad ||= !isGood;
  console.log(`${isGood ? 'good' : 'BAD '}  ${what}`);
}

const pause = millis => new Promise(resume => setTimeout(resume, millis));

/** Seconds until it held; -1 if it did not within the time. */
async function until(seconds, holds) {
  const begun = Date.now();
  while (Date.now() - begun < seconds * 1000) {
    if (await holds().catch(() => false)) return Math.round((Date.now() - begun) / 1000);
    await pause(500);
  }
  return -1;
}

async function json(url, token) {
  const response = await fetch(url, {headers: token ? {Authorization: `Bearer ${token}`} : {}, signal: AbortSignal.timeout(20_000)});
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

const query = async expression =>
  (await json(`${prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`)).data.result;
const isFiring = async alert => (await query(`ALERTS{alertname="${alert}",alertstate="firing"}`)).length > 0;

function start() {
  const cluster = spawn(path.join(project, 'bin/cluster'), ['--data-dir', data, '--port-offset', offset], {stdio: ['ignore', 'pipe', 'inherit']});
  return new Promise((resolve, reject) => {
    cluster.stdout.on('data', text => {
      process.stdout.write(String(text).replace(/^/gm, '      ').replace(/ +$/, ''));
      if (String(text).includes('Ready.')) resolve(cluster);
    });
    cluster.on('exit', code => reject(new Error(`bin/cluster ended with ${code}`)));
  });
}

const processes = () =>
  Object.fromEntries(fs.readFileSync(path.join(data, 'pids'), 'utf8').trim().split('\n').map(line => line.split(' ')));

/** kafkajs, with its own registry client: nothing of ours. */
class Upstream {
  constructor({bootstrapServers, schemaRegistryUrl}) {
    this.registry = new SchemaRegistry({host: schemaRegistryUrl});
    this.producer = new Kafka({clientId: 'drill', brokers: [bootstrapServers], logLevel: logLevel.ERROR}).producer();
  }

  schema(name, change = schema => schema) {
    const folder = path.join(project, 'schemas/src/main/avro');
    const inline = name => JSON.parse(fs.readFileSync(path.join(folder, `${name}.avsc`), 'utf8'));
    const schema = inline(name);
    for (const field of schema.fields) {
      const type = typeof field.type === 'string' ? field.type.split('.').pop() : '';
      if (fs.existsSync(path.join(folder, `${type}.avsc`))) field.type = inline(type);
    }
    return JSON.stringify(change(schema));
  }

  async send(topic, schema, records) {
    const {id} = await this.registry.register({type: SchemaType.AVRO, schema}, {subject: `${topic}-value`});
    const messages = [];
    for (const record of records) {
      messages.push({key: record.workspaceId, value: await this.registry.encode(id, record)});
    }
    return () => this.producer.send({topic, messages});
  }
}

const lead = (workspaceId, number, more = {}) => ({
  eventId: `${workspaceId}-${number}`, workspaceId, campaignId: 'c', leadId: `l-${number}`, source: 'CSV', occurredAt: Date.now(), ...more,
});

async function otherClients(addresses, upstream) {
  const topics = execFileSync('kcat', ['-L', '-J', '-b', addresses.bootstrapServers], {encoding: 'utf8'});
  const names = JSON.parse(topics).topics.map(topic => topic.topic);
  const wanted = ['lead-sourced', 'phone-revealed', 'email-sent', 'usage-reversed', 'credit-grants', 'campaigns', 'workspaces', 'credit-alerts', 'rejected-events'];
  found(wanted.every(name => names.includes(name)), `kcat sees the ${wanted.length} topics`);

  await (await upstream.send('credit-grants', upstream.schema('CreditGrant'), [{
    eventId: 'drill-grant', workspaceId: 'drill-kafkajs', grantId: 'g', action: 'GRANTED', amount: 100,
    effectiveAt: Date.now() - 60_000, expiresAt: null, priority: 0, reason: null, occurredAt: Date.now() - 60_000}]))();
  await (await upstream.send('lead-sourced', upstream.schema('LeadSourced'), [1, 2, 3, 4, 5].map(n => lead('drill-kafkajs', n))))();
  const second = `http://127.0.0.1:${8082 + Number(offset)}`;
  const took = await until(30, async () =>
    (await json(`${second}/v1/workspaces/drill-kafkajs/credits`, addresses.token)).remaining === 95);
  found(took >= 0, `kafkajs with @kafkajs/confluent-schema-registry published a grant of 100 and 5 leads; the second instance answers 95 left (${took} s)`);

  const jar = path.join(project, 'schemas/target/genuine/confluent.jar');
  if (!fs.existsSync(jar)) {
    console.log('left out: Confluent\'s own serializer; a build with tests of schemas fetches it');
    return;
  }
  const commands = [`schema\tlead-sourced\t${upstream.schema('LeadSourced')}`,
    ...[1, 2, 3].map(n => `send\tlead-sourced\tdrill-genuine\t${JSON.stringify(lead('drill-genuine', n))}`)];
  execFileSync('java', ['-cp', jar, path.join(project, 'schemas/src/genuine/Genuine.java'),
    `bootstrap.servers=${addresses.bootstrapServers}`, `schema.registry.url=${addresses.schemaRegistryUrl}`],
    {input: commands.join('\n') + '\n', stdio: ['pipe', 'ignore', 'ignore']});
  const counted = await until(30, async () =>
    (await json(`${second}/v1/workspaces/drill-genuine/credits`, addresses.token)).overage === 3);
  found(counted >= 0, `Confluent's kafka-avro-serializer published 3 leads; they count (${counted} s)`);
}

async function everyQueryAnswers(addresses) {
  const dashboard = JSON.parse(fs.readFileSync(path.join(project, 'ops/grafana/dashboards/creditflow.json'), 'utf8'));
  const queries = dashboard.panels.flatMap(panel => (panel.targets ?? []).map(({expr}) => ({title: panel.title, expr})));
  const begun = Date.now();
  let silent = queries;
  while (silent.length > 0 && Date.now() - begun < 120_000) {
    await json(`${addresses.apiUrl}/v1/workspaces`, addresses.token); // for the panels about HTTP
    const still = [];
    for (const one of silent) {
      const result = await query(one.expr.replaceAll('$__rate_interval', '1m'));
      if (result.length === 0 || result.every(({value}) => value[1] === 'NaN')) still.push(one);
    }
    silent = still;
    await pause(2_000);
  }
  silent.forEach(({title, expr}) => found(false, `Grafana, ${title}: nothing for ${expr}`));
  found(silent.length === 0, `${queries.length} Grafana queries return data`);
  const rules = (await json(`${prometheus}/api/v1/rules`)).data.groups.flatMap(group => group.rules);
  const sick = rules.filter(rule => rule.health === 'err');
  found(sick.length === 0 && rules.length > 0, `${rules.length} alert rules evaluate ${sick.map(rule => rule.lastError)}`);
  const firing = await query('ALERTS{alertstate="firing"}');
  found(firing.length === 0, `no alert fires ${firing.map(alert => alert.metric.alertname)}`);
}

/** The registry hangs just when an event with a schema comes that nobody has seen: counting waits. */
async function stoppedCountingIsTold(addresses, upstream) {
  const evolved = upstream.schema('LeadSourced', schema => {
    schema.fields.push({name: 'note', type: ['null', 'string'], default: null});
    return schema;
  });
  const send = await upstream.send('lead-sourced', evolved, [6, 7].map(n => lead('drill-kafkajs', n, {note: 'new'})));
  process.kill(processes().registry, 'SIGSTOP');
  try {
    await send();
    const told = await until(90, () => isFiring('CreditflowLagging'));
    found(told >= 0 && told <= 60, `CreditflowLagging fires ${told} s after counting stopped`);
    const lag = await json(`${addresses.apiUrl}/v1/ops/lag`, addresses.opsToken);
    const late = lag.partitions.filter(partition => partition.lag > 0);
    found(late.length > 0 && lag.maxLagSeconds > 10, `/v1/ops/lag: ${lag.status}, ${late.map(one => `${one.topic}-${one.partition} ${one.status} ${one.lagSeconds} s, owner ${one.owner}`)}`);
    found((await until(60, () => isFiring('CreditflowWaitingForRegistry'))) >= 0, 'CreditflowWaitingForRegistry fires, too');
  } finally {
    process.kill(processes().registry, 'SIGCONT');
  }
  const well = await until(120, async () => !(await isFiring('CreditflowLagging')));
  found(well >= 0, `it resolves ${well} s after the registry is back`);
  const counted = await until(30, async () =>
    (await json(`${addresses.apiUrl}/v1/workspaces/drill-kafkajs/credits`, addresses.token)).remaining === 93);
  found(counted >= 0, 'the events that waited count');
}

async function oneInstanceLeft(addresses) {
  process.kill(processes()['creditflow-1'], 'SIGKILL');
  const second = `http://127.0.0.1:${8082 + Number(offset)}`;
  const lag = await json(`${second}/v1/ops/lag`, addresses.opsToken);
  found(lag.partitions.length === 84, `with one instance killed the other tells the lag of ${lag.partitions.length} partitions`);
  const taken = await until(90, async () =>
    (await json(`${second}/v1/ops/lag`, addresses.opsToken)).partitions.every(one => one.owner === `127.0.0.1:${8092 + Number(offset)}` && one.lag === 0));
  found(taken >= 0, `it owns all partitions and is level ${taken} s later`);
  const answered = await json(`${second}/v1/workspaces/drill-kafkajs/credits`, addresses.token);
  found(answered.remaining === 93, 'its numbers are the same');
  found((await until(90, () => isFiring('CreditflowInstanceDown'))) >= 0, 'CreditflowInstanceDown fires');
  const sums = await query('sum(creditflow_events_received_total) - sum(creditflow_events_total) - sum(creditflow_events_waiting)');
  found(sums[0]?.value[1] === '0', 'every record is accounted for');
}

async function main() {
  const begun = Date.now();
  const cluster = await start();
  found(true, `bin/cluster was ready after ${Math.round((Date.now() - begun) / 1000)} s`);
  const all = Object.values(processes());
  const addresses = JSON.parse(fs.readFileSync(path.join(data, 'quickstart.json'), 'utf8'));
  const upstream = new Upstream(addresses);
  await upstream.producer.connect();
  try {
    await otherClients(addresses, upstream);
    await everyQueryAnswers(addresses);
    await stoppedCountingIsTold(addresses, upstream);
    await oneInstanceLeft(addresses);
  } finally {
    await upstream.producer.disconnect();
    cluster.removeAllListeners('exit');
    const ended = new Promise(resume => cluster.once('exit', resume));
    cluster.kill('SIGINT');
    await Promise.race([ended, pause(30_000)]);
  }
  const left = all.filter(pid => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
  found(left.length === 0, `Ctrl-C stops everything ${left}`);
  if (!givenData) fs.rmSync(data, {recursive: true, force: true});
}

main().then(
  () => process.exit(isBad ? 1 : 0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
