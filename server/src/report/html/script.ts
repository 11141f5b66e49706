/**
 * What the HTML report does with a script, in a browser: findings are filtered, diagrams are moved and made larger. All of
 * it can be read without.
 */
export const SCRIPT = `
'use strict';
for (const group of document.querySelectorAll('.findings')) {
  const form = group.querySelector('form');
  const said = group.querySelector('output');
  const cards = [...group.querySelectorAll('article')];
  const show = () => {
    const on = (name) => new Set([...form.querySelectorAll('input[name=' + name + ']:checked')].map((box) => box.value));
    const severities = on('severity');
    const states = on('state');
    const words = form.querySelector('input[type=search]').value.trim().toLowerCase();
    let count = 0;
    for (const card of cards) {
      const seen = severities.has(card.dataset.severity) && states.has(card.dataset.state) && (words === '' || card.textContent.toLowerCase().includes(words));
      card.hidden = !seen;
      if (seen) count += 1;
    }
    said.textContent = count + ' of ' + cards.length + ' shown';
  };
  form.hidden = false;
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  show();
}
for (const figure of document.querySelectorAll('figure.diagram')) {
  const stage = figure.querySelector('.stage');
  const picture = stage.querySelector('svg');
  const whole = (picture.getAttribute('viewBox') || '').split(' ').map(Number);
  if (whole.length !== 4) continue;
  let box = whole;
  const place = () => picture.setAttribute('viewBox', box.join(' '));
  const zoom = (by, x, y) => {
    const width = Math.min(whole[2] * 2, Math.max(whole[2] / 40, box[2] / by));
    const scale = width / box[2];
    box = [box[0] + (box[2] - width) * x, box[1] + (box[3] - box[3] * scale) * y, width, box[3] * scale];
    place();
  };
  const unit = () => box[2] / Math.max(1, Math.min(picture.clientWidth, picture.clientHeight * whole[2] / whole[3]));
  figure.querySelector('.zoom').hidden = false;
  stage.classList.add('moves');
  figure.querySelector('.larger').addEventListener('click', () => zoom(1.4, 0.5, 0.5));
  figure.querySelector('.smaller').addEventListener('click', () => zoom(1 / 1.4, 0.5, 0.5));
  figure.querySelector('.whole').addEventListener('click', () => { box = whole; place(); });
  stage.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = picture.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, (event.clientX - at.left) / at.width, (event.clientY - at.top) / at.height);
  }, { passive: false });
  let from;
  stage.addEventListener('pointerdown', (event) => { from = [event.clientX, event.clientY]; stage.setPointerCapture(event.pointerId); });
  stage.addEventListener('pointermove', (event) => {
    if (!from) return;
    box = [box[0] - (event.clientX - from[0]) * unit(), box[1] - (event.clientY - from[1]) * unit(), box[2], box[3]];
    from = [event.clientX, event.clientY];
    place();
  });
  for (const end of ['pointerup', 'pointercancel']) stage.addEventListener(end, () => { from = undefined; });
}
`;
