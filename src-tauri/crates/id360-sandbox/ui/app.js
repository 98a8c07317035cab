import { words } from './words.js';

const API = new URL('../../api/1.0.0/', location.href);
const MAX_BYTES = 9_961_472;
const SLOTS = [
  { name: 'recto', document: 'id_document_image', page: 0, pages: 2, glyph: 'ID' },
  { name: 'verso', document: 'id_document_image', page: 1, pages: 2, glyph: 'ID' },
  { name: 'selfie', document: 'selfie_image', page: 0, pages: 1, glyph: '☺' },
  { name: 'supporting', document: 'proof_of_address_image', page: 0, pages: 1, glyph: '⌂' },
];
const ACCEPTED = '.jpg,.jpeg,.png,.pdf,.heic,image/jpeg,image/png,image/heic,application/pdf';

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const { key, lang: asked } = link();
let lang = 'fr';
let closed = null;
let alerted = null;
let info = null;
const received = new Map();
let sending = 0;

// `#/enrollment/{api_key}?lang=fr`: the query stands after the fragment.
function link() {
  const [path, query = ''] = location.hash.replace(/^#/, '').split('?');
  const found = /^\/enrollment\/([^/]+)\/?$/.exec(path);
  return { key: found ? decodeURIComponent(found[1]) : null, lang: new URLSearchParams(query).get('lang') };
}

const t = (name) => words[lang][name] ?? name;

function setLanguage(wanted) {
  lang = words[wanted] ? wanted : 'fr';
  document.documentElement.lang = lang;
  $$('[data-t]').forEach((element) => { element.textContent = t(element.dataset.t); });
  $$('button[data-lang]').forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.lang === lang)));
  if (info) $('#process').textContent = info.process_name ?? '';
  $$('.slot').forEach(paintSlot);
  $$('#cause-list .cause').forEach((label) => { $('span b', label).textContent = t(label.dataset.code); });
  if (closed) paintClosed();
  if (alerted) $('#alert').textContent = t(alerted);
  document.title = `ID360 · ${t('simulator')}`;
}

function show(id) {
  $$('main > section').forEach((section) => { section.hidden = section.id !== id; });
  warn(null);
  const steps = ['welcome', 'documents'];
  const at = steps.indexOf(id);
  $('#progress').hidden = at < 0;
  $$('#progress li').forEach((item, index) => {
    item.classList.toggle('past', index < at);
    item.classList.toggle('now', index === at);
    if (index === at) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  });
  $(`#${id} h1`)?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function warn(name) {
  alerted = name;
  $('#alert').hidden = !name;
  $('#alert').textContent = name ? t(name) : '';
}

function close(kind) {
  closed = kind;
  paintClosed();
  show('closed');
}

function paintClosed() {
  $('#closed-title').textContent = t(`${closed}Title`);
  $('#closed-text').textContent = t(`${closed}Text`);
}

async function call(method, path, body) {
  const response = await fetch(new URL(path, API), {
    method,
    headers: { 'x-api-key': key, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
    cache: 'no-store',
  });
  if (response.status === 409) { close('finished'); throw new Error('finished'); }
  if (response.status === 401 || response.status === 404) { close('unknown'); throw new Error('unknown'); }
  if (!response.ok) { warn('callFailed'); throw new Error(String(response.status)); }
  return response.status === 204 ? null : response.json();
}

// Rounded up, so that a file just above the limit does not seem to be at it.
const size = (bytes) => {
  const large = bytes >= 100_000;
  const value = Math.ceil((large ? bytes / 1_048_576 : bytes / 1024) * 10) / 10;
  const text = new Intl.NumberFormat(t('locale'), { maximumFractionDigits: 1, minimumFractionDigits: large ? 1 : 0 }).format(value);
  return `${text}\u00a0${t(large ? 'unit' : 'smallUnit')}`;
};

function buildSlots() {
  for (const slot of SLOTS) {
    const element = $('#slot').content.firstElementChild.cloneNode(true);
    element.dataset.name = slot.name;
    $('.glyph', element).textContent = slot.glyph;
    const input = $('input', element);
    input.name = slot.name;
    input.id = `file-${slot.name}`;
    input.accept = ACCEPTED;
    const title = $('.slot-title', element);
    title.id = `title-${slot.name}`;
    $('.pick span', element).id = `pick-${slot.name}`;
    input.setAttribute('aria-labelledby', `title-${slot.name} pick-${slot.name}`);
    input.addEventListener('change', () => {
      const [file] = input.files;
      if (file) send(slot, element, file);
    });
    $('#slots').append(element);
    paintSlot(element);
  }
}

function paintSlot(element) {
  const name = element.dataset.name;
  const got = received.get(name);
  $('.slot-title', element).textContent = t(name);
  $('.slot-hint', element).textContent = t(`${name}Hint`);
  $('.slot-hint', element).hidden = Boolean(got);
  $('.received', element).textContent = got ? t('received')(got.name, size(got.size)) : '';
  $('.pick span', element).textContent = t(got ? 'replace' : 'pick');
  element.classList.toggle('done', Boolean(got));
  const { problem, bytes } = element.dataset;
  const text = problem && (typeof t(problem) === 'function' ? t(problem)(size(Number(bytes))) : t(problem));
  $('.problem', element).hidden = !problem;
  $('.problem', element).textContent = text ?? '';
}

function complain(element, problem, bytes = 0) {
  element.dataset.problem = problem;
  element.dataset.bytes = String(bytes);
  paintSlot(element);
}

async function looksRight(file) {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const text = String.fromCharCode(...head);
  return text.startsWith('\xff\xd8\xff') || text.startsWith('\x89PNG') || text.startsWith('%PDF-')
    || (text.slice(4, 8) === 'ftyp' && /^(hei|hev|mif|msf)/.test(text.slice(8)));
}

async function send(slot, element, file) {
  complain(element, '');
  const input = $('input', element);
  if (file.size > MAX_BYTES) { input.value = ''; complain(element, 'tooLarge', file.size); return; }
  if (!(await looksRight(file))) { input.value = ''; complain(element, 'badFormat'); return; }
  sending += 1;
  refreshFinish();
  const bar = $('progress', element);
  bar.hidden = false;
  bar.value = 0;
  bar.setAttribute('aria-label', t('uploading'));
  const problem = await put(slot, file, (percent) => { bar.value = percent; });
  bar.hidden = true;
  sending -= 1;
  if (problem) {
    input.value = '';
    complain(element, problem, file.size);
  } else {
    received.set(slot.name, { name: file.name, size: file.size });
    await thumbnail(element, file);
    paintSlot(element);
  }
  refreshFinish();
}

// XMLHttpRequest, because fetch tells nothing of an upload's progress.
function put(slot, file, tell) {
  return new Promise((resolve) => {
    const url = new URL(`enrollment/flow/document/${slot.document}/`, API);
    url.searchParams.set('total_pages', slot.pages);
    url.searchParams.set('uploaded_page', slot.page);
    const form = new FormData();
    form.append('file', file, file.name);
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('x-api-key', key);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) tell((event.loaded / event.total) * 100);
    });
    request.addEventListener('load', () => {
      if (request.status === 204) resolve('');
      else if (request.status === 413) resolve('tooLarge');
      else if (request.status === 400) resolve('badFormat');
      else if (request.status === 409) { close('finished'); resolve('uploadFailed'); }
      else if (request.status === 401) { close('unknown'); resolve('uploadFailed'); }
      else resolve('uploadFailed');
    });
    request.addEventListener('error', () => resolve('uploadFailed'));
    request.send(form);
  });
}

async function thumbnail(element, file) {
  const image = $('img', element);
  if (image.src) URL.revokeObjectURL(image.src);
  const glyph = $('.glyph', element);
  const picture = /^image\/(jpeg|png)$/.test(file.type);
  image.hidden = true;
  glyph.hidden = false;
  if (!picture) { glyph.textContent = file.name.split('.').pop().slice(0, 4).toUpperCase(); return; }
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    image.hidden = false;
    glyph.hidden = true;
  } catch { /* A picture this browser cannot draw keeps its letter. */ }
}

// A verdict needs a document; leaving and an internal error do not.
function refreshFinish() {
  const enough = received.has('recto') || ['FAILED', 'LEAVE'].includes(outcome());
  $('#finish').disabled = !enough || sending > 0;
  $('#finish-hint').hidden = enough;
}

function buildCauses(codes) {
  for (const code of codes) {
    const label = document.createElement('label');
    label.className = 'cause';
    label.dataset.code = code;
    const input = document.createElement('input');
    input.type = 'checkbox';
    input.name = 'cause';
    input.value = code;
    const text = document.createElement('span');
    const title = document.createElement('b');
    title.textContent = t(code);
    const small = document.createElement('code');
    small.textContent = code;
    text.append(title, small);
    label.append(input, text);
    $('#cause-list').append(label);
  }
}

const outcome = () => $('input[name=outcome]:checked').value;

async function begin() {
  $('#begin').disabled = true;
  try {
    await call('POST', 'enrollment/flow/consent/?accepted_system_cgu=true&accepted_biometry=true');
    show('documents');
  } catch (error) {
    offline(error);
  } finally {
    $('#begin').disabled = !$('#consent').checked;
  }
}

async function finish() {
  const causes = outcome() === 'KO' ? $$('input[name=cause]:checked').map((input) => input.value) : [];
  if (outcome() === 'KO' && causes.length === 0) { warn('causesMissing'); $('#cause-list input').focus(); return; }
  $('#finish').disabled = true;
  try {
    if (outcome() === 'LEAVE') {
      await call('POST', 'enrollment/flow/leave/');
      close('left');
      return;
    }
    const answer = await call('POST', 'enrollment/flow/finalise/', { outcome: outcome(), causes });
    close('done');
    if (answer?.redirect_url) location.assign(answer.redirect_url);
  } catch (error) {
    offline(error);
  } finally {
    refreshFinish();
  }
}

// fetch rejects with a TypeError when nobody answers; other errors have spoken already.
function offline(error) {
  if (error instanceof TypeError) warn('offlineText');
}

async function start() {
  buildSlots();
  setLanguage(asked ?? navigator.language.slice(0, 2));
  $$('button[data-lang]').forEach((button) => button.addEventListener('click', () => setLanguage(button.dataset.lang)));
  $('#consent').addEventListener('change', () => { $('#begin').disabled = !$('#consent').checked; });
  $('#begin').addEventListener('click', begin);
  $('#finish').addEventListener('click', finish);
  $$('input[name=outcome]').forEach((input) => input.addEventListener('change', () => {
    $('#causes').hidden = outcome() !== 'KO';
    warn(null);
    refreshFinish();
  }));
  // Another link in the same tab changes only the fragment.
  addEventListener('hashchange', () => location.reload());
  if (!key) { close('noKey'); return; }
  try {
    info = await call('GET', 'enrollment/flow/enrollment_info');
  } catch (error) {
    if (error instanceof TypeError) close('offline');
    return;
  }
  if (info.processing) { close('processing'); return; }
  if (!['NEW', 'STARTED'].includes(info.status)) { close('finished'); return; }
  $('#process').textContent = info.process_name ?? '';
  buildCauses(info.causes);
  show('welcome');
}

start();
