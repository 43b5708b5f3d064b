"""Walks through a life of contacts with requests, as scripts and the official client do, and prints what it saw."""

import json
import os
import sys

import requests

base = sys.argv[1]
session = requests.Session()
session.auth = (os.environ["KEY"], "secret")
session.headers.update({"Content-Type": "application/json", "User-Agent": "mailjet-apiv3-python/v1.8.0"})
seen = {}


def see(what, method, path, **more):
    answer = session.request(method, base + path, timeout=20, **more)
    is_json = answer.headers.get("Content-Type", "").startswith("application/json") and answer.content
    seen[what] = [answer.status_code, answer.reason, answer.json() if is_json else answer.text]
    return seen[what][2]


def row(answer):
    return answer["Data"][0]


email = "ann+x@example.com"
contact = row(see("create", "POST", "/v3/REST/contact", json={"Email": email, "Name": "Ann Lee"}))["ID"]
see("create again", "POST", "/v3/REST/contact", json={"Email": email})
see("find, literal", "GET", f"/v3/REST/contact/{email}")
see("find, encoded", "GET", "/v3/REST/contact/ann%2Bx%40example.com")
see("list", "GET", "/v3/REST/contact", params={"Limit": 1, "Sort": "Email desc", "countrecords": 1})
see("update", "PUT", f"/v3/REST/contact/{contact}", json={"Name": "Ann Li"})
see("update without a difference", "PUT", f"/v3/REST/contact/{contact}", json={"Name": "Ann Li"})

readers = row(see("list of its own", "POST", "/v3/REST/contactslist", json={"Name": "Readers"}))["ID"]
member = {"Email": email, "Action": "addnoforce", "Properties": {"country": "NL"}}
see("subscribe", "POST", f"/v3/REST/contactslist/{readers}/managecontact", json=member)
bulk = {"Contacts": [{"Email": "bob@example.com"}], "ContactsLists": [{"ListID": readers, "Action": "addforce"}]}
job = row(see("bulk", "POST", "/v3/REST/contact/managemanycontacts", json=bulk))["JobID"]
see("bulk job", "GET", f"/v3/REST/contact/managemanycontacts/{job}")

# Behind a str, requests 2.28 sent Latin-1; what it sends now, it sends as UTF-8.
line = "email,name\nzoe@example.com,Zoë\nno address,Nobody\n"
for encoding in ["utf-8", "latin-1"]:
    upload = see(
        f"upload in {encoding}",
        "POST",
        f"/v3/DATA/contactslist/{readers}/CSVData/text:plain",
        data=line.replace("zoe", "zoe." + encoding).encode(encoding),
        headers={"Content-Type": "text/plain"},
    )
    job = row(
        see(
            f"import of {encoding}",
            "POST",
            "/v3/REST/csvimport",
            json={"ContactsListID": readers, "DataID": str(upload["ID"]), "Method": "addnoforce"},
        )
    )["ID"]
    see(f"import job of {encoding}", "GET", f"/v3/REST/csvimport/{job}")
    see(f"imported from {encoding}", "GET", f"/v3/REST/contactdata/zoe.{encoding}@example.com")
see("error file", "GET", f"/v3/DATA/batchjob/{job}/CSVError/text:csv", headers={"Content-Type": "text/csv"})

see("delete by v3", "DELETE", f"/v3/REST/contact/{contact}")
see("delete by v4", "DELETE", f"/v4/contacts/{contact}")
see("find what is gone", "GET", f"/v3/REST/contact/{email}")
session.auth = (os.environ["KEY"], "wrong")
see("wrong keys", "GET", "/v3/REST/contact")

print(json.dumps(seen))
