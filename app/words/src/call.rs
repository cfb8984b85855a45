//! A call to the service desk: under which number, and who is really calling.

say! {
    title = "Call", "Anruf";
    none = "No call goes on. It begins with the first proof that you ask for, or now.", "Es läuft kein Anruf. Er beginnt mit dem ersten Nachweis, nach dem Sie fragen, oder jetzt.";
    start = "Begin a call", "Anruf beginnen";
    end = "End the call", "Anruf beenden";
    end_lead = "Once the call has ended, what was checked in it counts no more.", "Endet der Anruf, zählt nicht mehr, was darin geprüft wurde.";
    open = "goes on", "läuft";
    over = "ended", "beendet";
    code_title = "You are calling them?", "Sie rufen selbst an?";
    code = "Code on their smartphone", "Code auf dem Smartphone der Person";
    code_hint = "6 digits. Their smartphone then says who you are. It does not verify the person.", "6 Ziffern. Das Smartphone sagt dann, wer Sie sind. Die Person weist das nicht aus.";
    code_submit = "Show who I am", "Zeigen, wer ich bin";
    code_done = "Their smartphone now says who you are.", "Das Smartphone der Person sagt jetzt, wer Sie sind.";

    phone_title = "Is it really the service desk?", "Ist es wirklich der Service Desk?";
    phone_lead = "Somebody calls you and says so? Show a code and read it to them. If it is the service desk, this page says who typed it.", "Jemand ruft Sie an und sagt das? Zeigen Sie einen Code und lesen Sie ihn vor. Wenn es der Service Desk ist, sagt diese Seite, wer ihn eingegeben hat.";
    phone_show = "Show a code", "Code zeigen";
    phone_code = "Read this code to whoever calls you", "Lesen Sie diesen Code vor";
    phone_waiting = "Nobody has typed it yet", "Noch hat ihn niemand eingegeben";
    phone_warn = "If this page does not say who it is, hang up and call the number of the service desk that you know.", "Wenn hier nicht steht, wer es ist, legen Sie auf und rufen Sie die Nummer des Service Desk an, die Sie kennen.";
    phone_ask = "Is that the name you were told? If not, hang up.", "Ist das der Name, den man Ihnen genannt hat? Wenn nicht, legen Sie auf.";
    phone_time = "Time that the code works", "Zeit, in der der Code gilt";
    phone_case = "Call", "Anruf";
}

tell! {
    since(name: &str, since: &str) = "{name}, since {since}", "{name}, seit {since}";
    with(by: &str) = "Call with {by}", "Anruf bei {by}";
    phone_typed(agent: &str, call: &str) = "{agent} of the service desk typed your code ({call}).", "{agent} vom Service Desk hat Ihren Code eingegeben ({call}).";
}
