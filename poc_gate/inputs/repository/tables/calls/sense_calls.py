"""Calls of libraries that see, hear, read pictures of text and speak with models that they bring along."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import Call, Rows, each

_SEES = Call("technique", "vision", techniques=("senses",))
_HEARS = Call("technique", "other", techniques=("senses",))

SENSE_CALLS: Rows = {
    **each("cv2", "CascadeClassifier readNet readNetFromCaffe readNetFromDarknet readNetFromONNX readNetFromTensorflow readNetFromTorch DetectionModel ClassificationModel dnn_DetectionModel dnn_ClassificationModel LBPHFaceRecognizer_create EigenFaceRecognizer_create FaceDetectorYN FaceRecognizerSF", _SEES),
    **each("mediapipe", "FaceMesh FaceDetection Hands Pose Holistic SelfieSegmentation ObjectDetector FaceLandmarker HandLandmarker PoseLandmarker ImageClassifier GestureRecognizer ImageSegmenter", _SEES),
    **each("face_recognition", "face_encodings compare_faces face_locations face_distance load_image_file", _SEES),
    **each("deepface", "verify find analyze represent extract_faces", _SEES),
    **each("insightface", "FaceAnalysis", _SEES),
    **each("dlib", "get_frontal_face_detector shape_predictor face_recognition_model_v1 cnn_face_detection_model_v1", _SEES),
    **each("easyocr", "Reader", _SEES),
    **each("paddleocr", "PaddleOCR PPStructure", _SEES),
    **each("doctr", "ocr_predictor", _SEES),
    **each("pytesseract", "image_to_string image_to_data", _SEES),
    **each("keras_ocr", "Pipeline", _SEES),
    **each("timm", "create_model", _SEES),
    **each("detectron2", "DefaultPredictor DefaultTrainer build_model", _SEES),
    **each("mmdet", "init_detector inference_detector DetInferencer", _SEES),
    **each("segment_anything", "SamPredictor SamAutomaticMaskGenerator", _SEES),
    **each("rfdetr", "RFDETRBase RFDETRLarge RFDETRNano RFDETRSmall RFDETRMedium", _SEES),
    **each("rembg", "remove new_session", _SEES),
    **each("torchvision", "fasterrcnn_resnet50_fpn maskrcnn_resnet50_fpn deeplabv3_resnet101", _SEES),
    **each("funasr", "AutoModel", _HEARS),
    **each("espnet2", "Speech2Text Text2Speech", _HEARS),
    **each("chatterbox", "ChatterboxTTS", _HEARS),
    **each("vosk", "Model KaldiRecognizer", _HEARS),
    **each("TTS", "TTS Xtts XttsConfig Synthesizer ModelManager", _HEARS),
    **each("pyannote", "Pipeline", _HEARS),
    **each("nemo", "ASRModel EncDecCTCModelBPE EncDecRNNTBPEModel EncDecMultiTaskModel", _HEARS),
    **each("speechbrain", "EncoderDecoderASR EncoderClassifier SpeakerRecognition", _HEARS),
    **each("kokoro", "KPipeline KModel", _HEARS),
    **each("kokoro_onnx", "Kokoro", _HEARS),
    **each("piper", "PiperVoice", _HEARS),
    **each("sherpa_onnx", "OfflineRecognizer OnlineRecognizer OfflineTts VoiceActivityDetector", _HEARS),
    **each("RealtimeSTT", "AudioToTextRecorder", _HEARS),
    **each("ChatTTS", "Chat", _HEARS),
    **each("markitdown", "MarkItDown", Call("model", "vision")),
    **each("bark", "generate_audio preload_models", _HEARS),
}  # fmt: skip
"""Package and class -> the kind of its models. Where a language model answers, they read and hear for that, and are no model of their own."""
