/**
 * Reads QR codes from a camera's pictures where the browser has no detector of its own. The staff's page, which is none of the
 * console, loads it and finds one function.
 */

import readPicture from "jsqr";

declare global {
  interface Window {
    /** The text of a QR code that the camera sees now; empty when it sees none. */
    readQr?: (camera: HTMLVideoElement) => Promise<string>;
  }
}

/** Pixels of the longer side: enough for a code that fills a third of the picture, and fast on an old phone. */
const SIDE = 640;

const canvas = document.createElement("canvas");
const context = canvas.getContext("2d", { willReadFrequently: true });

window.readQr = async camera => {
  const { videoWidth: width, videoHeight: height } = camera;
  if (!context || width === 0 || height === 0) return "";
  const scale = Math.min(1, SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.drawImage(camera, 0, 0, canvas.width, canvas.height);
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  return readPicture(picture.data, picture.width, picture.height)?.data ?? "";
};
