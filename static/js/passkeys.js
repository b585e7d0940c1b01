// Signs in with a passkey, or makes one: asks the device and posts its answer with the form.
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const named = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

  // What the server sends as text, the browser wants as bytes.
  const wanted = (options) => {
    const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
    asked.allowCredentials = named(asked.allowCredentials);
    asked.excludeCredentials = named(asked.excludeCredentials);
    for (const name of ["allowCredentials", "excludeCredentials"]) if (!asked[name]) delete asked[name];
    return { publicKey: asked };
  };

  const answer = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return {
      type: credential.type,
      id: credential.id,
      rawId: text(credential.rawId),
      authenticatorAttachment: credential.authenticatorAttachment,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  };

  const optionsFor = async (form) => {
    if (!form.dataset.options) {
      const data = JSON.parse(document.getElementById("passkey-options").textContent);
      return data.creation_options ?? data.request_options;
    }
    const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.statusText);
    return (await response.json()).request_options;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = form.querySelector("[data-failed]");
      said.textContent = "";
      try {
        const options = wanted(await optionsFor(form));
        const alone = form.querySelector("[name=passwordless]")?.checked;
        if (form.dataset.passkey === "create") {
          options.publicKey.authenticatorSelection = {
            ...options.publicKey.authenticatorSelection,
            residentKey: alone ? "required" : "discouraged",
            requireResidentKey: Boolean(alone),
            userVerification: alone ? "required" : "preferred",
          };
        }
        const credential = await navigator.credentials[form.dataset.passkey](options);
        form.querySelector("[name=credential]").value = JSON.stringify(answer(credential));
        form.submit();
      } catch {
        said.textContent = said.dataset.failed;
      }
    });
  }
})();
