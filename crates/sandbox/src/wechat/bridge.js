// Stands in for the bridge inside WeChat: the call leads to the sandbox's cashier, and from there back to the page.
(function () {
  var origin = new URL(document.currentScript.src).origin;
  window.WeixinJSBridge = {
    invoke: function (name, parameters, done) {
      if (name !== 'getBrandWCPayRequest') {
        done({ err_msg: name + ':fail' });
        return;
      }
      var query = new URLSearchParams(parameters);
      query.set('back', location.href);
      location.href = origin + '/cashier/jsapi?' + query;
    },
  };
  document.dispatchEvent(new Event('WeixinJSBridgeReady'));
})();
