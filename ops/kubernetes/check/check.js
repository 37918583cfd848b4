// Validates every manifest beside this folder against Kubernetes' OpenAPI schemas (which the npm
// package kubernetes-models carries), and what refers to what inside them.
'use strict';
const fs = require('fs');
const path = require('path');
const yaml = require('js-yaml');

const folder = path.join(__dirname, '..');
const problems = [];
const documents = [];
for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.yml'))) {
  for (const manifest of yaml.loadAll(fs.readFileSync(path.join(folder, file), 'utf8'))) {
    documents.push(manifest);
    const model = modelOf(manifest);
    try {
      new model(manifest).validate();
    } catch (error) {
      problems.push(`${file}, ${manifest.kind} ${manifest.metadata.name}: ${error.message}`);
    }
  }
}

function modelOf({apiVersion, kind}) {
  return require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
}

const of = kind => documents.filter(one => one.kind === kind);
const require_ = (holds, what) => holds || problems.push(what);
for (const set of of('StatefulSet')) {
  const template = set.spec.template;
  const labels = JSON.stringify(set.spec.selector.matchLabels);
  require_(JSON.stringify(template.metadata.labels) === labels, 'the pods lack the labels they are selected by');
  for (const other of [...of('PodDisruptionBudget').map(one => one.spec.selector.matchLabels), ...of('Service').map(one => one.spec.selector)]) {
    require_(JSON.stringify(other) === labels, `a selector ${JSON.stringify(other)} finds no pods`);
  }
  require_(of('Service').some(one => one.metadata.name === set.spec.serviceName), 'the headless service is missing');
  const [container] = template.spec.containers;
  const ports = container.ports.map(port => port.name);
  const used = ['startupProbe', 'livenessProbe', 'readinessProbe'].map(probe => container[probe].httpGet.port);
  used.push(...of('Service').flatMap(one => one.spec.ports.map(port => port.targetPort)));
  used.forEach(port => require_(ports.includes(port), `no container port is named ${port}`));
  const volumes = [...(template.spec.volumes ?? []), ...set.spec.volumeClaimTemplates.map(one => one.metadata)].map(one => one.name);
  container.volumeMounts.forEach(mount => require_(volumes.includes(mount.name), `no volume is named ${mount.name}`));
  for (const from of container.envFrom) {
    const [kind, ref] = from.configMapRef ? ['ConfigMap', from.configMapRef] : ['Secret', from.secretRef];
    require_(of(kind).some(one => one.metadata.name === ref.name), `no ${kind} is named ${ref.name}`);
  }
}

// What an instance needs to be run, moved and ended without a gap.
for (const set of of('StatefulSet')) {
  const pod = set.spec.template.spec;
  const [container] = pod.containers;
  const {startupProbe, livenessProbe, readinessProbe, lifecycle, resources = {}} = container;
  require_(livenessProbe.httpGet.path === '/health/live', 'a restart is decided by something else than /health/live');
  require_(readinessProbe.httpGet.path === '/health/ready', 'requests are routed by something else than /health/ready');
  require_(startupProbe.periodSeconds * startupProbe.failureThreshold >= 60, 'the start is given less than a minute');
  const spread = (pod.topologySpreadConstraints ?? []).map(one => one.topologyKey);
  for (const key of ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']) {
    require_(spread.includes(key), `pods are not spread over ${key}`);
  }
  for (const what of ['cpu', 'memory', 'ephemeral-storage']) {
    require_(resources.requests?.[what], `no ${what} is requested`);
  }
  require_(resources.limits?.memory === resources.requests?.memory, "memory's limit is not its request");
  require_(!resources.limits?.cpu, 'a CPU limit delays heartbeats');
  const {runAsNonRoot, seccompProfile} = pod.securityContext ?? {};
  const {allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities} = container.securityContext ?? {};
  require_(
    runAsNonRoot && seccompProfile?.type === 'RuntimeDefault' && allowPrivilegeEscalation === false &&
      readOnlyRootFilesystem && capabilities?.drop?.includes('ALL'),
    "the pod does not meet Kubernetes' restricted standard",
  );
  require_(pod.automountServiceAccountToken === false, 'the pod is given a token for the API server');
  const preStop = lifecycle?.preStop?.exec?.command.join(' ') ?? '';
  const seconds = Number(/ && sleep (\d+)$/.exec(preStop)?.[1]);
  require_(/-X POST .*\/drain/.test(preStop), 'a pod does not hand its partitions over before it ends');
  require_(preStop.includes('Creditflow-Peer-Secret: $CREDITFLOW_PEER_SECRET'), 'the drain lacks the peer secret');
  require_(pod.terminationGracePeriodSeconds >= seconds + 20, 'a pod is killed before it could drain and stop');
  const [budget] = of('PodDisruptionBudget');
  require_(budget?.spec.maxUnavailable === 1, 'more than one pod may be evicted at a time');
  require_(budget?.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow', 'a pod that is not ready blocks evictions');
}

problems.forEach(problem => console.error(problem));
console.log(`${documents.length} manifests, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
