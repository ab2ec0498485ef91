// <carte-praticiens profession="" town="" near="" lang="" theme="" height="">: the map of this site
// on another page. A picture until it is seen or touched, then a sandboxed frame.
(() => {
  const script = document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
  const { origin } = new URL(script.src);
  const text = { lang: "fr", title: "Trouver un professionnel de santé", show: "Afficher la carte" };
  // What may be asked, and what it may look like. The rest is dropped.
  const rules = {
    profession: /^[a-z_-]{1,40}$/,
    town: /^[^<>]{1,100}$/,
    near: /^-?[\d.]{1,12},-?[\d.]{1,12}$/,
    lang: /^[a-z]{2}$/,
    theme: /^(light|dark)$/,
  };
  const [least, most, usual] = [320, 1200, 640];
  const within = (it) => Math.min(Math.max(Math.round(it), least), most);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{display:block}:host([hidden]){display:none}*{box-sizing:border-box}
div{color-scheme:light dark;background:light-dark(#dfe8e4,#0e1b1d);color:light-dark(#1d2b2e,#efe8da);
display:grid;grid-template-rows:auto 1fr auto;gap:.5rem;justify-items:center;padding:1rem;
font:1rem/1.4 system-ui,sans-serif;border-radius:.7rem;text-align:center}
p{margin:0;font-weight:600}img{inline-size:100%;block-size:100%;min-block-size:0;object-fit:contain}
button{font:inherit;font-weight:600;min-block-size:2.75rem;padding:0 1.25rem;border:0;border-radius:.3rem;
cursor:pointer;background:light-dark(#0f5257,#8fd0c6);color:light-dark(#fdf9f0,#0c2326)}
:focus-visible{outline:3px solid light-dark(#7a2f86,#e5a8ef);outline-offset:2px}
iframe{display:block;inline-size:100%;border:0;border-radius:.7rem}`);
  const make = (name, fields, ...children) => {
    const it = Object.assign(document.createElement(name), fields);
    it.append(...children);
    return it;
  };

  class MapElement extends HTMLElement {
    static observedAttributes = [...Object.keys(rules), "height"];
    #root = this.attachShadow({ mode: "open" });
    #frame;
    #tall = usual;
    #seen = new IntersectionObserver(([it]) => it.isIntersecting && this.#open());
    #hear = ({ source, data }) => {
      if (!this.#frame || source !== this.#frame.contentWindow || data?.source !== "immunotheque") return;
      const { type, height, id, name, url } = data;
      if (type === "height" && height > 0) {
        this.#tall = height;
        this.#size();
      } else if (type === "ready" || type === "selection") {
        const detail = type === "ready" ? {} : { id, name, url };
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
      }
    };

    connectedCallback() {
      this.#root.adoptedStyleSheets = [sheet];
      addEventListener("message", this.#hear);
      this.#draw();
      this.#seen.observe(this);
    }

    disconnectedCallback() {
      removeEventListener("message", this.#hear);
      this.#seen.disconnect();
      this.#frame = undefined;
    }

    attributeChangedCallback(name, old, value) {
      if (!this.isConnected || old === value) return;
      if (name === "height") this.#size();
      else if (this.#frame) this.#frame.src = this.#address("carte");
      else this.#draw();
    }

    #address(file) {
      const url = new URL(`/embed/${file}`, origin);
      for (const [name, rule] of Object.entries(rules)) {
        const value = this.getAttribute(name)?.trim();
        if (value && rule.test(value)) url.searchParams.set(name, value);
      }
      return url.href;
    }

    #size() {
      const asked = Number(this.getAttribute("height"));
      this.#root.lastElementChild.style.height = `${within(asked || this.#tall)}px`;
    }

    #draw() {
      const button = make("button", { type: "button", textContent: text.show });
      button.onclick = () => this.#open(true);
      const { lang, title } = text;
      const picture = make("img", { src: this.#address("apercu.svg"), alt: "", loading: "lazy" });
      const card = make("div", { lang }, make("p", { textContent: title }), picture, button);
      const theme = this.getAttribute("theme");
      if (rules.theme.test(theme)) card.style.colorScheme = theme;
      this.#root.replaceChildren(card);
      this.#size();
    }

    #open(pressed) {
      if (this.#frame) return;
      this.#seen.disconnect();
      this.#frame = make("iframe", { title: text.title, referrerPolicy: "no-referrer" });
      this.#frame.setAttribute("sandbox",
        "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox");
      this.#frame.src = this.#address("carte");
      this.#root.replaceChildren(this.#frame);
      this.#size();
      if (pressed) this.#frame.focus();
    }
  }
  customElements.get("carte-praticiens") ?? customElements.define("carte-praticiens", MapElement);
})();
